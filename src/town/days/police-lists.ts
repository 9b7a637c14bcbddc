import type { Town } from '../generator/town.js';
import type { Changes } from './changes.js';
import { householdUnits, residentUnits, type FileRow } from './police-rows.js';
import type { ListedKey, Seen } from './seen.js';

const seen = (entry: FileRow<object> | null | undefined): Seen | null =>
  entry ? { standing: entry.bad ? 'rejected' : 'live', text: Object.values(entry.row).join(',') } : null;

/** The two files as a reader takes them: a row is a version, its key the version's id. */
export function* policeLists(town: Town, days: readonly Changes[]): Generator<ListedKey> {
  const fresh = new Set(
    days.flatMap((changes) =>
      [...changes.residents.values()].flatMap((rows) =>
        rows.filter(({ version }) => version === null).map(({ row }) => row.rynbid),
      ),
    ),
  );
  for (const unit of residentUnits(town, days)) {
    if (unit.every((rows) => rows === unit[0])) {
      for (const entry of unit[0]!) {
        const one = { standing: entry.bad ? ('rejected' as const) : ('live' as const), text: '' };
        yield { stream: 'residents', key: entry.row.rynbid, first: true, seen: unit.map(() => one) };
      }
      continue;
    }
    const keys = new Set(unit.flatMap((rows) => rows.map(({ row }) => row.rynbid)));
    for (const key of keys) {
      const found = unit.map((rows) => seen(rows.find(({ row }) => row.rynbid === key)));
      yield { stream: 'residents', key, first: !fresh.has(key), seen: found };
    }
  }
  let place = 0;
  for (const unit of householdUnits(town, days)) {
    const key = unit.find((entry) => entry !== null)!.row.hhnbid;
    yield { stream: 'households', key, first: place++ < town.households, seen: unit.map(seen) };
  }
}
