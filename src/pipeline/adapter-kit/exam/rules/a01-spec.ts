import { PASS, type Rule } from '../rule.js';

/** Reached only when manifest and mapping were read, valid and compiled: `examine` reports what is wrong otherwise. */
export const a01: Rule = {
  id: 'A01',
  level: 'MUST',
  title: { zh: '清单与映射有效', en: 'Manifest and mapping are valid' },
  needs: [],
  run: async () => PASS,
};
