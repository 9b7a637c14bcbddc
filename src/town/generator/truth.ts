import { isoDate } from './calendar.js';
import { assistedPeople, civilWritten, peopleKey } from './civil-view.js';
import type { Household, Person } from './household.js';
import { policePerson } from './keys.js';
import { marriageEntry, marriageKey, planMarriages } from './marriage-view.js';
import { policeWritten } from './police-view.js';
import { householdEntries } from './property-owners.js';
import { Landlords } from './property-plan.js';
import { householdHolders } from './telecom-view.js';
import type { Town } from './town.js';
import type { IdState, Written } from './written.js';

export type SourceId = 'property' | 'telecom' | 'police' | 'civil';

/** One key under which a source knows the person, and what its clerk left of number and name. */
export interface TruthRecord {
  source: SourceId;
  /** police ryid · property member_id · telecom individual id · civil PEOPLE_ID, or MARRY_ID#M / MARRY_ID#W */
  key: string;
  idNumber: IdState;
  name: 'same' | 'variant';
}

export interface TruthPerson {
  /** Number of the person; people from elsewhere have a text. */
  person: number | string;
  name: string;
  sex: 'M' | 'F';
  birthDate: string;
  idNumber: string;
  household: number | null;
  records: TruthRecord[];
  twin: boolean;
  /** Gives somebody else's phone as contact. */
  sharedPhone: boolean;
  /** Somebody else gives this person's phone as contact. */
  lendsPhone: boolean;
  maskedEverywhere: boolean;
  /** One of the two people with the same ID number. */
  duplicateNumber: boolean;
  /** Sources of which every record holds the full valid number. */
  fullIdIn: SourceId[];
  /** Sources of which every record holds the very name. */
  nameIn: SourceId[];
}

export const record = (source: SourceId, key: string, written: Written): TruthRecord => ({
  ...{ source, key, idNumber: written.idState },
  name: written.nameSame ? 'same' : 'variant',
});

export const sourcesWhere = (records: TruthRecord[], holds: (record: TruthRecord) => boolean): SourceId[] =>
  (['property', 'telecom', 'police', 'civil'] as const).filter((source) => {
    const own = records.filter((entry) => entry.source === source);
    return own.length > 0 && own.every(holds);
  });

/** All keys of a household's people: by person number, and those of a former spouse under 'former'. */
function collect(town: Town, landlords: Landlords, household: Household): Map<number | 'former', TruthRecord[]> {
  const records = new Map<number | 'former', TruthRecord[]>();
  const add = (who: number | 'former', entry: TruthRecord): void => {
    const own = records.get(who);
    if (own) own.push(entry);
    else records.set(who, [entry]);
  };
  for (const person of household.members) {
    add(person.index, record('police', policePerson(person.index), policeWritten(town, person)));
  }
  for (const { person, written, owner } of householdEntries(town, landlords, household)) {
    if (person && written) add(person.index, record('property', owner.member_id, written));
  }
  for (const holder of householdHolders(town, household)) {
    add(holder.person.index, record('telecom', holder.individual, holder.written));
  }
  for (const person of assistedPeople(town, household)) {
    add(person.index, record('civil', peopleKey(town, person.index), civilWritten(town, person)));
  }
  for (const plan of planMarriages(town, household)) {
    const entry = marriageEntry(town, household, plan, 0);
    for (const [side, party] of [
      ['M', entry.man],
      ['W', entry.woman],
    ] as const) {
      add(party.person?.index ?? 'former', record('civil', `${marriageKey(town, plan)}#${side}`, party.written));
    }
  }
  return records;
}

function describe(town: Town, person: Person, records: TruthRecord[], lendsPhone: boolean): TruthPerson {
  return {
    ...{ person: person.index, name: person.name, sex: person.sex, birthDate: isoDate(person.birth) },
    ...{ idNumber: person.idNumber, household: person.household, records },
    ...{ twin: person.twin, sharedPhone: person.borrowsPhone, lendsPhone },
    maskedEverywhere: records.every((entry) => entry.idNumber === 'masked'),
    duplicateNumber: town.hasDuplicateNumber(person.index),
    fullIdIn: sourcesWhere(records, (entry) => entry.idNumber === 'full'),
    nameIn: sourcesWhere(records, (entry) => entry.name === 'same'),
  };
}

/** Who is who, person by person; former spouses from elsewhere follow the person they were married to. */
export function* truthOf(town: Town): Generator<TruthPerson> {
  const landlords = new Landlords(town);
  for (const household of town.allHouseholds()) {
    const records = collect(town, landlords, household);
    const borrowed = new Set(household.members.filter((person) => person.borrowsPhone).map((p) => p.contactPhone));
    const next = household.index + 1 < town.households ? town.skeleton(household.index + 1) : null;
    const neighbour = next !== null && next.members.length === 1 && next.members[0]!.borrowsPhone;
    for (const person of household.members) {
      const last = person.position === household.members.length - 1;
      const lends = person.mobile !== null && (borrowed.has(person.mobile) || (last && neighbour));
      yield describe(town, person, records.get(person.index) ?? [], lends);
    }
    const former = household.formerSpouse;
    const own = records.get('former');
    if (former && own) {
      yield {
        ...{
          person: `former-${household.index}`,
          name: former.name,
          sex: former.sex,
          birthDate: isoDate(former.birth),
        },
        ...{ idNumber: former.idNumber, household: null, records: own },
        ...{ twin: false, sharedPhone: false, lendsPhone: false, maskedEverywhere: false, duplicateNumber: false },
        ...{ fullIdIn: ['civil'], nameIn: ['civil'] },
      };
    }
  }
}
