import type { Tx } from '../../platform/database/index.js';
import type { ClaimedChange } from './claim-changes.js';
import { PERSON_TABLES, type SourceTables } from './person-tables.js';
import { RELINK } from './relink.js';

/** Person keys that the changed records speak of, now or before; true where a Person row itself changed. */
export type TouchedPersons = Map<string, boolean>;

/** Persons to be looked at again though no record of theirs changed. */
export const relinkedPersons = (changes: readonly ClaimedChange[]): Set<string> =>
  new Set(changes.flatMap(({ op, keys }) => (op === RELINK ? keys : [])));

/** Keys of changed records by stream, without repeats. */
export function keysByStream(changes: readonly ClaimedChange[]): Map<number, string[]> {
  const byStream = new Map<number, Set<string>>();
  for (const { stream, op, keys } of changes) {
    if (op === RELINK) continue;
    const known = byStream.get(stream);
    if (known) for (const key of keys) known.add(key);
    else byStream.set(stream, new Set(keys));
  }
  return new Map([...byStream].map(([stream, keys]) => [stream, [...keys].sort()]));
}

/**
 * One statement per stream. The history is asked too: a record that now speaks of another person must be taken away
 * from the former one. A changed dwelling touches everybody who holds it.
 */
export async function touchedPersons(
  tx: Tx,
  tables: SourceTables,
  byStream: ReadonlyMap<number, readonly string[]>,
): Promise<TouchedPersons> {
  const touched: TouchedPersons = new Map();
  for (const [stream, keys] of byStream) {
    const parts: string[] = [];
    const values: unknown[] = [keys];
    for (const table of PERSON_TABLES) {
      const golden = table === 'person';
      const from = (name: string): string =>
        `SELECT person_key, ${golden} AS golden FROM data.${name} WHERE stream = ${stream} AND key = ANY($1) AND person_key IS NOT NULL`;
      if (tables.rows[table].includes(stream)) parts.push(from(table));
      if (tables.history[table]!.includes(stream)) parts.push(from(`${table}_version`));
    }
    if (tables.rows.dwelling.includes(stream) && tables.rows.property_occupancy.length > 0) {
      values.push(tables.rows.property_occupancy);
      parts.push(
        `SELECT person_key, false AS golden FROM data.property_occupancy
         WHERE stream = ANY($2) AND dwelling_key = ANY($1) AND person_key IS NOT NULL`,
      );
    }
    if (parts.length === 0) continue;
    const text = `SELECT person_key, bool_or(golden) FROM (${parts.join(' UNION ALL ')}) t GROUP BY person_key`;
    const { rows } = await tx.client.query<[string, boolean]>({ text, values, rowMode: 'array' });
    for (const [personKey, golden] of rows) touched.set(personKey, golden || touched.get(personKey) === true);
  }
  return touched;
}
