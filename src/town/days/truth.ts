import { isoDate } from '../generator/calendar.js';
import { civilWritten, peopleKey } from '../generator/civil-view.js';
import { policePerson } from '../generator/keys.js';
import { memberKey } from '../generator/property-plan.js';
import { record, sourcesWhere, truthOf, type TruthPerson, type TruthRecord } from '../generator/truth.js';
import type { Town } from '../generator/town.js';
import type { Changes, Newcomer } from './changes.js';

/** Who is who on a day: rows that are gone are left out, corrected numbers are full, newcomers stand at the end. */
export function* truthOn(town: Town, changes: Changes): Generator<TruthPerson> {
  if (changes.day === 0) return yield* truthOf(town);
  const added = addedRecords(town, changes);
  for (const person of truthOf(town)) {
    const kept = person.records.flatMap((entry) => recordOn(changes, person.person, entry) ?? []);
    yield withRecords(person, [...kept, ...(added.get(person.person) ?? [])]);
  }
  for (const newcomer of changes.newcomers) yield newPerson(changes, newcomer, added);
}

function recordOn(changes: Changes, person: number | string, entry: TruthRecord): TruthRecord | null {
  if (entry.source === 'police') {
    const rows = changes.residents.get(Number(person));
    if (rows === undefined) return entry;
    if (rows.length === 0) return null;
    const corrected = rows.some(
      ({ version, row }) => version === null && row.gmsfhm !== rows[0]!.row.gmsfhm && row.cxbz === '0',
    );
    return corrected && entry.idNumber === 'wrong' ? { ...entry, idNumber: 'full' } : entry;
  }
  if (entry.source === 'property') {
    const patch = changes.owners.get(entry.key);
    if (patch === undefined) return entry;
    if (patch === null || patch.status_cd === '1') return null;
    return patch.id_card === undefined ? entry : { ...entry, idNumber: 'full' };
  }
  if (entry.source === 'telecom') {
    const patch = changes.holders.get(entry.key);
    if (patch === undefined) return entry;
    if (patch === null) return null;
    return patch.written === undefined ? entry : { ...entry, idNumber: patch.written.idState };
  }
  return entry;
}

/** Records that appeared since the first day, by person. */
function addedRecords(town: Town, changes: Changes): Map<number | string, TruthRecord[]> {
  const added = new Map<number | string, TruthRecord[]>();
  const add = (person: number, entry: TruthRecord): void => {
    const own = added.get(person) ?? [];
    if (!own.some(({ key }) => key === entry.key)) added.set(person, [...own, entry]);
  };
  for (const { man, woman, row } of changes.journal) {
    add(man.person!.index, record('civil', `${row['MARRY_ID']}#M`, man.written));
    add(woman.person!.index, record('civil', `${row['MARRY_ID']}#W`, woman.written));
  }
  for (const { listed } of changes.months) {
    for (const index of listed) {
      if (!changes.plans.has(town.householdOf(index))) continue;
      add(index, record('civil', peopleKey(town, index), civilWritten(town, town.person(index))));
    }
  }
  return added;
}

function withRecords(person: TruthPerson, records: TruthRecord[]): TruthPerson {
  return {
    ...person,
    records,
    maskedEverywhere: records.length > 0 && records.every((entry) => entry.idNumber === 'masked'),
    fullIdIn: sourcesWhere(records, (entry) => entry.idNumber === 'full'),
    nameIn: sourcesWhere(records, (entry) => entry.name === 'same'),
  };
}

function newPerson(
  changes: Changes,
  { person, born }: Newcomer,
  added: Map<number | string, TruthRecord[]>,
): TruthPerson {
  const clean = (source: TruthRecord['source'], key: string): TruthRecord => ({
    source,
    key,
    idNumber: 'full',
    name: 'same',
  });
  const records = [clean('police', policePerson(person.index))];
  const holder = changes.newHolders.find((entry) => entry.person.index === person.index);
  if (!born) records.push(clean('property', memberKey(person.index, 0)));
  if (holder !== undefined) records.push(clean('telecom', holder.individual));
  return withRecords(
    {
      ...{ person: person.index, name: person.name, sex: person.sex, birthDate: isoDate(person.birth) },
      ...{ idNumber: person.idNumber, household: person.household, records: [], twin: false, sharedPhone: false },
      ...{ lendsPhone: false, maskedEverywhere: false, duplicateNumber: false, fullIdIn: [], nameIn: [] },
    },
    [...records, ...(added.get(person.index) ?? [])],
  );
}
