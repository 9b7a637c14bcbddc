import fc from 'fast-check';
import { nodeName, distinct } from '../facts.js';
import type { Person } from './link-all.js';

/**
 * People in a world made small on purpose: few names, numbers, births, phones and dwellings, so that everything
 * collides that can.
 */
const SOURCES = ['police', 'civil', 'telecom', 'property'];
const few = (prefix: string, size: number, max: number): fc.Arbitrary<string[]> =>
  fc
    .uniqueArray(fc.nat({ max: size - 1 }), { maxLength: max })
    .map((list) => distinct(list.map((n) => `${prefix}${n}`)));

const person: fc.Arbitrary<Person> = fc.record({
  source: fc.constantFrom(...SOURCES),
  personKey: fc.nat({ max: 9 }).map(String),
  names: few('NAME', 4, 2),
  aliases: few('OLD', 2, 1),
  births: fc
    .uniqueArray(fc.constantFrom('1980-01-01', '1980-01-02', '1980', '1981-05'), { maxLength: 2 })
    .map((list) => distinct(list)),
  sexes: fc.uniqueArray(fc.constantFrom('1', '2'), { maxLength: 1 }),
  ids: few('id', 3, 1),
  phones: few('phone', 3, 2),
  dwellings: few('home', 3, 2),
});

export const arbitraryPeople = (maxLength = 24): fc.Arbitrary<Person[]> =>
  fc.uniqueArray(person, { maxLength, selector: nodeName });
