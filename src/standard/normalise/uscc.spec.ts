import { describe, expect, it } from '@jest/globals';
import { isUscc, normaliseUscc, organizationCodeCheck } from './uscc.js';

describe('unified social credit code', () => {
  it.each(['91110000600037341L', '91350100M000100Y43', '51990101000000019R', '91990101MA0000015C'])(
    '%s is valid',
    (code) => {
      expect(isUscc(code)).toBe(true);
      expect(normaliseUscc(` ${code.toLowerCase()} `)).toEqual({ state: 'valid', code });
    },
  );

  it.each([
    ['91990101MA0000015D', 'wrongCheck'],
    ['91990101MA00O0015C', 'invalid'],
    ['330100000012345', 'legacy'],
    ['60003734-1', 'legacy'],
    ['', 'empty'],
    ['个体', 'invalid'],
  ])('%s is %s', (text, state) => {
    expect(normaliseUscc(text).state).toBe(state);
  });

  it('knows the organisation code inside', () => {
    expect(organizationCodeCheck('60003734')).toBe('1');
  });
});
