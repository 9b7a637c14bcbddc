import { clockTime, compactDate } from '../generator/calendar.js';
import type { Household, Person } from '../generator/household.js';
import { policeVersion } from '../generator/keys.js';
import { personRows, type ResidentRow } from '../generator/police-view.js';
import type { Random } from '../generator/random.js';
import type { Changes, VersionRow } from './changes.js';
import { today } from './draw.js';

/** New version rows take their ids from a range of numbers that the first day's do not reach. */
const NEW_VERSIONS = 500_000_000;

/** All rows of a person as they are today. */
export function rowsOf(changes: Changes, household: Household, person: Person): VersionRow[] {
  return (
    changes.residents.get(person.index) ??
    personRows(changes.town, household, person).map((row, version) => ({ version, mark: 0, row }))
  );
}

/** `YYYYMMDDHHmmss` of a moment today, in office hours. */
export const momentToday = (changes: Changes, random: Random): string =>
  compactDate(today(changes)) + clockTime(random.between(8 * 3600, 17 * 3600)).replaceAll(':', '');

export function newVersion(changes: Changes, row: ResidentRow): VersionRow {
  const mark = changes.mark('residents');
  return { version: null, mark, row: { ...row, rynbid: policeVersion((NEW_VERSIONS + mark) / 8, 0) } };
}

export const isCurrent = ({ row }: VersionRow): boolean => row.jlbz === '1' && row.cxbz === '0';

/** Closes the current row and opens one that says something else: the police never edit in place. */
export function changeVersion(
  changes: Changes,
  random: Random,
  household: Household,
  person: Person,
  patch: Partial<ResidentRow>,
): void {
  const rows = rowsOf(changes, household, person);
  const current = rows.find(isCurrent);
  if (current === undefined) return;
  const now = momentToday(changes, random);
  const closed = rows.map((entry) =>
    entry === current ? { ...entry, row: { ...entry.row, jlbz: '2', jssj: now } } : entry,
  );
  changes.residents.set(person.index, [
    ...closed,
    newVersion(changes, { ...current.row, ...patch, jlbz: '1', cxbz: '0', qysj: now, jssj: '' }),
  ]);
}
