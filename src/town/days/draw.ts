import { PURPOSE, Random } from '../generator/random.js';
import type { Household, Person } from '../generator/household.js';
import { AS_OF } from '../generator/calendar.js';
import type { Changes } from './changes.js';
import type { Newcomer } from './changes.js';

/** How many are looked at before an event finds nobody to happen to. */
const MOST_LOOKS = 6000;

/** Draws of one event: by its number, so that an event drawn today is the same whenever it is drawn. */
export const eventRandom = (changes: Changes): Random =>
  new Random(changes.town.seed, PURPOSE.days, changes.nextSerial());

/** Today, in days since 1970. */
export const today = (changes: Changes): number => AS_OF + changes.day;

/** The first household from a random one on that is accepted. */
export function someHousehold(
  changes: Changes,
  random: Random,
  accept: (household: Household) => boolean,
): Household | null {
  const { town } = changes;
  const start = random.below(town.households);
  for (let step = 0; step < Math.min(town.households, MOST_LOOKS); step++) {
    const household = town.household((start + step) % town.households);
    if (accept(household)) return household;
  }
  return null;
}

export interface Somebody {
  person: Person;
  household: Household;
}

/** The first person from a random one on whom nothing has happened to yet and who is accepted. */
export function somebody(
  changes: Changes,
  random: Random,
  accept: (person: Person, household: Household) => boolean,
): Somebody | null {
  let found: Person | null = null;
  const household = someHousehold(changes, random, (candidate) => {
    found = candidate.members.find((person) => free(changes, person) && accept(person, candidate)) ?? null;
    return found !== null;
  });
  return household === null || found === null ? null : { person: found, household };
}

/** Lives in town, and no other event has taken hold of him or her. */
export const free = (changes: Changes, person: Person): boolean =>
  person.life === 'alive' && !changes.touched.has(person.index);

/** A vacant dwelling that nobody owns and nobody has moved into; -1 when there is none. */
export function someVacancy(changes: Changes, random: Random, empty: (vacancy: number) => boolean): number {
  const { vacancies } = changes.town;
  const start = random.below(vacancies);
  for (let step = 0; step < Math.min(vacancies, MOST_LOOKS); step++) {
    const vacancy = (start + step) % vacancies;
    if (!changes.takenVacancies.has(vacancy) && empty(vacancy)) return vacancy;
  }
  return -1;
}

/** Adds a person to the town. */
export function settle(changes: Changes, person: Omit<Person, 'index'>, born: boolean): Person {
  const index = changes.town.people + changes.newcomers.length;
  const newcomer: Newcomer = { person: { ...person, index }, born };
  changes.newcomers.push(newcomer);
  return newcomer.person;
}
