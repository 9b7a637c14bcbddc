import { describe, expect, it } from '@jest/globals';
import { normaliseDivision } from './division.js';
import { normaliseBoolean, normaliseDecimal, normaliseInteger } from './numbers.js';

const value = (text: string) => ({ state: 'VALUE', value: text });

describe('numbers', () => {
  it.each([
    ['350.00', '350'],
    ['1,200.50', '1200.5'],
    ['¥350元', '350'],
    ['-0', '0'],
    ['007.10', '7.1'],
    ['.5', '0.5'],
    ['350', '350'],
  ])('%s is %s', (text, expected) => {
    expect(normaliseDecimal(text)).toEqual(value(expected));
    expect(normaliseDecimal(expected)).toEqual(value(expected));
  });

  it.each(['1.5E+3', 'abc', '.', '1,20', '99999999999999', '0.12345'])('%s is no decimal', (text) => {
    expect(normaliseDecimal(text).state).toBe('INVALID');
  });

  it('reads whole numbers and yes or no', () => {
    expect(normaliseInteger('12')).toEqual(value('12'));
    expect(normaliseInteger('12.5').state).toBe('INVALID');
    expect(normaliseBoolean('是')).toEqual(value('true'));
    expect(normaliseBoolean('0')).toEqual(value('false'));
    expect(normaliseBoolean('也许').state).toBe('INVALID');
    expect(normaliseBoolean('')).toEqual({ state: 'EMPTY' });
  });
});

describe('division', () => {
  it.each([
    ['990101', '990101'],
    ['990101000000', '990101'],
    ['990101001000', '990101001'],
    ['990101001001', '990101001001'],
    ['990101001001005', '990101001001'],
    ['99', '990000'],
  ])('%s is %s', (text, expected) => {
    expect(normaliseDivision(text)).toEqual(value(expected));
  });

  it('keeps a code the edition does not hold', () => {
    expect(normaliseDivision('330106')).toEqual({ state: 'VALUE', value: '330106', extra: { known: false } });
  });

  it.each(['9901011', 'abc', '0101'])('%s is none', (text) => {
    expect(normaliseDivision(text).state).toBe('INVALID');
  });
});
