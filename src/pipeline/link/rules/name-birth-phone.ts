import type { LinkRule } from './rule.js';

const FULL_DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Rule 2: equal name, full date of birth and phone. Twins have two names, a shared phone has two births, so neither
 * meets all three.
 */
export const nameBirthPhone: LinkRule = {
  code: 'name-birth-phone',
  kind: 2,
  version: 1,
  uses: ['births', 'phones'],
  texts({ names, aliases, births, phones }) {
    const texts: string[] = [];
    for (const name of [...names, ...aliases])
      for (const birth of births)
        if (FULL_DATE.test(birth)) for (const phone of phones) texts.push(`${name}\u001f${birth}\u001f${phone}`);
    return texts;
  },
};
