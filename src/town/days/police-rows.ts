import { DIRT_RATES, strikes } from '../generator/dirt-rates.js';
import {
  householdRow,
  householdRowAt,
  personRows,
  residentAt,
  type HouseholdRow,
  type ResidentRow,
} from '../generator/police-view.js';
import type { Town } from '../generator/town.js';
import type { Changes } from './changes.js';
import { codesDiffer, eachDay } from './each-day.js';

/** A row of the file; `twice` when it is delivered two times, `bad` when a code in it is one that no list knows. */
export interface FileRow<Row> {
  row: Row;
  twice: boolean;
  bad: boolean;
}

const dressed = (row: ResidentRow, ordinal: number, changes: Changes): FileRow<ResidentRow> => ({
  row: { ...residentAt(row, ordinal), jcwh: changes.codeOn(row.jcwh) },
  twice: strikes(DIRT_RATES.duplicateRow, ordinal),
  bad: strikes(DIRT_RATES.unknownCode, ordinal),
});

/** Person by person, the rows that the file of each given day holds. */
export function* residentUnits(town: Town, days: readonly Changes[]): Generator<FileRow<ResidentRow>[][]> {
  const moved = codesDiffer(days);
  let ordinal = 0;
  for (const household of town.allHouseholds()) {
    for (const person of household.members) {
      const first = personRows(town, household, person);
      const from = ordinal;
      ordinal += first.length;
      yield eachDay(
        days,
        (changes) => moved || changes.residents.has(person.index),
        (changes) => {
          const rows = changes.residents.get(person.index);
          if (rows === undefined) return first.map((row, version) => dressed(row, from + version, changes));
          return rows.map(({ row, version, mark }) => dressed(row, version === null ? mark : from + version, changes));
        },
      );
    }
  }
  for (const person of newPeople(town, days)) {
    yield days.map((changes) =>
      (changes.residents.get(person) ?? []).map(({ row, mark }) => dressed(row, mark, changes)),
    );
  }
}

function* newPeople(town: Town, days: readonly Changes[]): Generator<number> {
  const most = Math.max(...days.map((changes) => changes.newcomers.length));
  for (let number = 0; number < most; number++) yield town.people + number;
}

/** Household by household, its row on each given day; null where there is none yet. */
export function* householdUnits(town: Town, days: readonly Changes[]): Generator<(FileRow<HouseholdRow> | null)[]> {
  const at = (row: HouseholdRow, ordinal: number, changes: Changes): FileRow<HouseholdRow> => ({
    row: { ...householdRowAt(row, ordinal), jcwh: changes.codeOn(row.jcwh) },
    twice: false,
    bad: strikes(DIRT_RATES.unknownCode, ordinal),
  });
  const moved = codesDiffer(days);
  for (const household of town.allHouseholds()) {
    const first = householdRow(town, household);
    yield eachDay(
      days,
      (changes) => moved || changes.households.has(household.index),
      (changes) => at(changes.households.get(household.index)?.row ?? first, household.index, changes),
    );
  }
  const added = new Set(
    days.flatMap((changes) => [...changes.households.keys()].filter((key) => key >= town.households)),
  );
  for (const key of added) {
    yield days.map((changes) => {
      const found = changes.households.get(key);
      return found === undefined ? null : at(found.row, found.mark, changes);
    });
  }
}

/** The residents' file of one day. */
export function* residentFile(changes: Changes): Generator<ResidentRow> {
  for (const [rows] of residentUnits(changes.town, [changes])) {
    for (const { row, twice } of rows!) {
      yield row;
      if (twice) yield row;
    }
  }
}

/** The households' file of one day. */
export function* householdFile(changes: Changes): Generator<HouseholdRow> {
  for (const [unit] of householdUnits(changes.town, [changes])) if (unit) yield unit.row;
}
