import type { LinkRule } from './rule.js';

/**
 * Rule 3: equal name at the same complete address (division, estate, 幢, 单元, 室): registered there, holding it, or
 * having a line there. A contradicting number, birth date or sex blocks it.
 */
export const nameDwelling: LinkRule = {
  code: 'name-dwelling',
  kind: 3,
  version: 1,
  uses: ['dwellings'],
  texts({ names, aliases, dwellings }) {
    const texts: string[] = [];
    for (const name of [...names, ...aliases]) for (const dwelling of dwellings) texts.push(`${name}\u001f${dwelling}`);
    return texts;
  },
};
