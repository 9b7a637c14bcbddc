import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseDate, normaliseDateTime, normaliseMonth, type DateShape } from './date.js';
import { shanghaiOffset, shanghaiTime } from './shanghai.js';

const value = (text: string) => ({ state: 'VALUE', value: text });

describe('dates', () => {
  it.each<[string, DateShape, string]>([
    ['19500101', 'YYYYMMDD', '1950-01-01'],
    ['1950-01-01', 'YYYY-MM-DD', '1950-01-01'],
    ['1950-01', 'YYYY-MM', '1950-01'],
    ['195001', 'YYYYMM', '1950-01'],
    ['1950', 'YYYY', '1950'],
    ['1950/1/2', 'auto', '1950-01-02'],
    ['1950年1月2日', 'auto', '1950-01-02'],
    ['1950.1', 'auto', '1950-01'],
    ['19500000', 'auto', '1950'],
    ['2020-01-02 03:04:05', 'YYYY-MM-DD HH:mm:ss', '2020-01-02'],
    ['20200102030405', 'YYYYMMDDHHmmss', '2020-01-02'],
    ['1950-01-01T00:00:00+08:00', 'ISO', '1950-01-01'],
    ['2019-12-31T16:00:00Z', 'ISO', '2020-01-01'],
    ['1577808000000', 'ms', '2020-01-01'],
    ['1577808000', 's', '2020-01-01'],
    // Midnight of a day in summer time, written as an instant by a program that knew of it.
    ['1988-06-30T15:00:00.000Z', 'ISO', '1988-07-01'],
    ['583686000000', 'ms', '1988-07-01'],
    // Written for +08:00, the day stands as written.
    ['1988-07-01T00:00:00+08:00', 'ISO', '1988-07-01'],
    ['1930-05-05T16:00:00Z', 'ISO', '1930-05-06'],
  ])('%s (%s) is %s', (text, shape, expected) => {
    expect(normaliseDate(text, shape)).toEqual(value(expected));
  });

  it.each([
    '',
    ' ',
    '3000-01',
    '3000-01-01',
    '9999-12-31',
    '2037-01-01',
    '2037-01-01 00:00:00',
    '2037-12-31',
    '2050-01-01',
    '1900-01-01',
    '00000000',
    '0000-00-00',
    '0001-01-01',
    '18991230',
  ])('%p means nothing', (text) => {
    expect(normaliseDate(text)).toEqual({ state: 'EMPTY' });
  });

  it.each<[string, DateShape, string]>([
    ['19500230', 'YYYYMMDD', 'dateImpossible'],
    ['19001301', 'auto', 'dateImpossible'],
    ['1700-05-05', 'auto', 'dateImpossible'],
    ['2020-01-02 25:00:00', 'auto', 'timeImpossible'],
    ['1950-01', 'YYYY-MM-DD', 'dateShape'],
    ['1950-01-01', 'YYYYMM', 'dateShape'],
    ['yesterday', 'auto', 'dateShape'],
    ['01/02/1950', 'auto', 'dateShape'],
    ['1577808000000', 'auto', 'dateShape'],
  ])('%s (%s) is refused: %s', (text, shape, reason) => {
    expect(normaliseDate(text, shape)).toEqual({ state: 'INVALID', reason });
  });

  it('knows a masked date', () => {
    expect(normaliseDate('1950****').state).toBe('MASKED_AT_SOURCE');
    expect(normaliseDate('1950-**-**').state).toBe('MASKED_AT_SOURCE');
  });

  it('cuts to the month', () => {
    expect(normaliseMonth('2026-09')).toEqual(value('2026-09'));
    expect(normaliseMonth('2026-09-15')).toEqual(value('2026-09'));
    expect(normaliseMonth('3000-01')).toEqual({ state: 'EMPTY' });
    expect(normaliseMonth('2026')).toEqual({ state: 'INVALID', reason: 'monthMissing' });
  });

  it.each([
    ['20200102030405', '2020-01-02T03:04:05+08:00'],
    ['2020-01-02 03:04:05', '2020-01-02T03:04:05+08:00'],
    ['2020-01-02', '2020-01-02T00:00:00+08:00'],
    ['2020-01-01T19:04:05Z', '2020-01-02T03:04:05+08:00'],
    ['1988-07-01 12:00:00', '1988-07-01T12:00:00+09:00'],
  ])('%s is the moment %s', (text, expected) => {
    expect(normaliseDateTime(text)).toEqual(value(expected));
    expect(normaliseDateTime(expected)).toEqual(value(expected));
  });

  it('gives its own result back', () => {
    const digits = fc.tuple(
      fc.integer({ min: 1700, max: 3100 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
    );
    fc.assert(
      fc.property(digits, fc.constantFrom('', '-', '/', '.'), ([y, m, d], sign) => {
        const read = normaliseDate([y, String(m).padStart(2, '0'), String(d).padStart(2, '0')].join(sign));
        if (read.state === 'VALUE') expect(normaliseDate(read.value)).toEqual(read);
      }),
      { seed: 8601, numRuns: 1000 },
    );
  });
});

describe('the clock of Shanghai', () => {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'medium',
  });

  it('agrees with the platform at every instant since 1901', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1901, 1, 1) / 1000, max: Date.UTC(2036, 0, 1) / 1000 }), (second) => {
        expect(shanghaiTime(second * 1000).slice(0, 19)).toBe(clock.format(second * 1000).replace(' ', 'T'));
      }),
      { seed: 1986, numRuns: 1000 },
    );
  });

  it('knows the summers by the hour', () => {
    for (let hour = Date.UTC(1986, 3, 1); hour < Date.UTC(1991, 11, 1); hour += 3_600_000) {
      const summer = shanghaiOffset(hour) === 9 * 3_600_000;
      const month = new Date(hour).getUTCMonth();
      if (summer) expect(month).toBeGreaterThan(2);
    }
    for (const [before, after] of [
      ['1986-05-03T17:59:59Z', '1986-05-03T18:00:00Z'],
      ['1991-04-13T17:59:59Z', '1991-04-13T18:00:00Z'],
    ] as const) {
      expect(shanghaiOffset(Date.parse(before))).toBe(8 * 3_600_000);
      expect(shanghaiOffset(Date.parse(after))).toBe(9 * 3_600_000);
    }
  });
});
