import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkNormaliserArgument, citizenIdCheck, isUscc, NORMALISERS, usccCheck } from './index.js';

describe('normalisers by name', () => {
  it('are those that mappings may call', () => {
    expect(Object.keys(NORMALISERS)).toEqual(
      'text name citizenId phone date month dateTime decimal integer boolean division address uscc'.split(' '),
    );
  });

  it('keep a wrong check digit as a value that must not link', () => {
    expect(NORMALISERS.citizenId!('990101195001010010')).toMatchObject({
      state: 'VALUE',
      extra: { linkable: true, indexable: true, birthDate: '1950-01-01', sex: '1', scheme: 'CN_ID18' },
    });
    expect(NORMALISERS.citizenId!('990101195001010011')).toMatchObject({
      state: 'VALUE',
      value: '990101195001010011',
      extra: { linkable: false, indexable: true },
    });
    expect(NORMALISERS.citizenId!('91990101MA0000015C')).toMatchObject({
      state: 'VALUE',
      extra: { linkable: false, indexable: false, scheme: 'USCC' },
    });
    expect(NORMALISERS.citizenId!('990101********0010')).toEqual({
      state: 'MASKED_AT_SOURCE',
      value: '990101********0010',
    });
  });

  it('never take a citizen’s number for a credit code, whatever its check digit', () => {
    const numbers = Array.from({ length: 999 }, (_, serial) => `99010119870101${String(serial).padStart(3, '0')}`);
    const codes = numbers.map((first17) => first17 + usccCheck(first17)).filter((text) => isUscc(text));
    const [right, wrong] = [0, 1].map((odd) =>
      codes.filter((text) => (text.endsWith(citizenIdCheck(text.slice(0, 17))) ? 0 : 1) === odd),
    );
    expect([right!.length > 0, wrong!.length > 0]).toEqual([true, true]);
    for (const text of codes) {
      const read = NORMALISERS.citizenId!(text);
      const sealed = read.state === 'VALUE' && read.extra?.['indexable'] === true;
      expect(NORMALISERS.uscc!(text).state).toBe(sealed ? 'INVALID' : 'VALUE');
      expect(sealed).toBe(/[\dX]$/.test(text));
    }
  });

  it('read an address with its key', () => {
    expect(NORMALISERS.address!(' 测试区 阳光花园3幢2单元501室')).toMatchObject({
      state: 'VALUE',
      value: '测试区阳光花园3幢2单元501室',
      extra: { addressKey: '990101|阳光花园|3|2|501', estate: '阳光花园' },
    });
    expect(NORMALISERS.address!('阳光花园3幢2单元501室', '990101')).toMatchObject({
      extra: { addressKey: '990101|阳光花园|3|2|501' },
    });
    expect(NORMALISERS.address!('阳光花园3幢***')).toEqual({ state: 'MASKED_AT_SOURCE', value: '阳光花园3幢***' });
  });

  it.each(Object.keys(NORMALISERS))('%s answers every text, and its own result with itself', (name) => {
    const normalise = NORMALISERS[name]!;
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.string({ unit: fc.constantFrom(...'0123456789-*./ Xx幢单元室年月日张·+86'), maxLength: 24 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const read = normalise(text);
        if (read.state === 'VALUE') expect(normalise(read.value)).toMatchObject({ state: 'VALUE', value: read.value });
        else if (read.state === 'INVALID') expect(read.reason).toMatch(/^[a-zA-Z]+$/);
      }),
      { seed: 42, numRuns: 300 },
    );
  });

  it('refuse an argument they do not know', () => {
    checkNormaliserArgument('date', 'YYYYMMDD');
    checkNormaliserArgument('address', '990101');
    checkNormaliserArgument('name', undefined);
    expect(() => checkNormaliserArgument('date', 'DD.MM.YY')).toThrow('STANDARD_NORMALISER_ARGUMENT');
    expect(() => checkNormaliserArgument('phone', 'x')).toThrow('STANDARD_NORMALISER_ARGUMENT');
  });
});
