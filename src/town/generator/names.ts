import type { Sex } from './skeleton.js';
import { DIRT_RATES } from './dirt-rates.js';
import {
  DOTTED_FEMALE,
  DOTTED_MALE,
  FEMALE_CHARACTERS,
  HOMOPHONES,
  MALE_CHARACTERS,
  RARE_CHARACTERS,
  RARE_REPLACEMENTS,
  SURNAMES,
  TRADITIONAL,
} from './name-lists.js';
import type { Random } from './random.js';

export const drawSurname = (random: Random): string => random.weighted(SURNAMES);

/** A given name of one or two characters; now and then with a character that old systems cannot write. */
export function drawGivenName(random: Random, sex: Sex): string {
  const list = sex === 'M' ? MALE_CHARACTERS : FEMALE_CHARACTERS;
  const last = random.chance(DIRT_RATES.rareCharacter) ? random.pick(RARE_CHARACTERS) : random.pick(list);
  return random.chance(0.16) ? last : random.pick(list) + last;
}

/** Name and father's name with a middle dot between. */
export const drawDottedName = (random: Random, sex: Sex): string =>
  `${random.pick(sex === 'M' ? DOTTED_MALE : DOTTED_FEMALE)}·${random.pick(DOTTED_MALE)}`;

const characters = (name: string): string[] => [...name];

/**
 * The same person's name as another clerk wrote it. About half of the variants say the same once spaces, dots and
 * forms are normalised; the others (by ear, former name, a character replaced, lost or in
 * the private use area) do not.
 */
export function nameVariant(random: Random, name: string, formerName: string): string {
  const all = characters(name);
  const rare = all.find((character) => character in RARE_REPLACEMENTS);
  if (rare !== undefined) {
    const fate = random.unit();
    const privateUse = String.fromCharCode(0xe000 + RARE_CHARACTERS.indexOf(rare));
    return name.replace(rare, fate < 0.7 ? RARE_REPLACEMENTS[rare]! : fate < 0.85 ? '?' : privateUse);
  }
  if (name.includes('·')) return name.replace('·', random.pick(['•', '.', '．', ' ']));
  if (formerName !== '' && random.chance(0.5)) return formerName;
  const kind = random.below(4);
  const surname = all[0]!;
  if (kind === 0 && TRADITIONAL[surname] !== undefined) return TRADITIONAL[surname] + all.slice(1).join('');
  const heard = all.findIndex((character, position) => position > 0 && HOMOPHONES[character] !== undefined);
  if (kind === 1 && heard > 0) return all.with(heard, HOMOPHONES[all[heard]!]!).join('');
  if (kind === 2) return `${surname}\u3000${all.slice(1).join('')}`;
  return `${surname} ${all.slice(1).join('')}`;
}
