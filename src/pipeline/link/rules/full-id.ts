import type { LinkRule } from './rule.js';

/**
 * Rule 1: the same full citizen number with a right check digit, and an agreeing name. The number alone is never
 * enough: duplicate and wrong numbers are ordinary police business (重号, 错号).
 */
export const fullId: LinkRule = {
  code: 'full-id',
  kind: 1,
  version: 1,
  uses: ['ids'],
  texts: (evidence) => [...evidence.ids],
};
