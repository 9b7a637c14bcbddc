import { describe, expect, it } from '@jest/globals';
import { CODE_LISTS } from '../generated/code-lists.js';
import { codeList, findCodeList } from './code-list.js';
import { divisionAt, liesIn, padDivision } from './divisions.js';

describe('code lists', () => {
  it('have the published numbers of codes', () => {
    const counts = Object.fromEntries(Object.values(CODE_LISTS).map(({ name, codes }) => [name, codes.length]));
    expect(counts).toMatchObject({
      sex: 4,
      'marital-status': 8,
      ethnicity: 58,
      education: 40,
      'family-relationship': 84,
      'household-category': 8,
      'person-status': 8,
      'assistance-category': 13,
      'product-status': 8,
      country: 249,
    });
  });

  it('look up by code and by name, and roll up', () => {
    const marital = codeList('marital-status');
    expect(marital.nameOf('21')).toBe('初婚');
    expect(marital.codeOf('丧偶')).toBe('30');
    expect(marital.rollUp('21')).toBe('20');
    expect(marital.rollUp('40')).toBe('40');
    expect(marital.has('24')).toBe(false);
    expect(codeList('country').find('CHN')?.number).toBe('156');
    expect(findCodeList('no-such-list')).toBeUndefined();
    expect(findCodeList('toString')).toBeUndefined();
  });
});

describe('divisions', () => {
  it('are read as at a day', () => {
    expect(divisionAt('990101', '2026-01-01')).toMatchObject({ state: 'valid', division: { name: '测试区' } });
    expect(divisionAt('990101000000', '2026-01-01').state).toBe('valid');
    expect(divisionAt('990102', '2019-12-31').state).toBe('valid');
    expect(divisionAt('990102', '2020-01-01')).toMatchObject({ state: 'ended', successors: ['990101'] });
    expect(divisionAt('123456', '2026-01-01')).toEqual({ state: 'unknown' });
  });

  it('contain one another', () => {
    expect(padDivision('99')).toBe('990000');
    expect(liesIn('990101001001', '990101')).toBe(true);
    expect(liesIn('990101001001', '990000')).toBe(true);
    expect(liesIn('990101001001', '990100')).toBe(true);
    expect(liesIn('990101001001', '990101002')).toBe(false);
    expect(liesIn('990201001001', '990100')).toBe(false);
  });
});
