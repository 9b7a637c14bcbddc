import type { Tx } from '../../../platform/database/index.js';
import { removeSource } from '../../../pipeline/sync/index.js';

/**
 * Takes the demo's sources out of service and forgets every record that came from them. Demo and real sources never
 * share a database, so all records are the demo's. The ledger keeps what happened; demo tokens open nothing any more.
 *
 * @returns the ids of the sources; nothing is touched where there are none.
 */
export async function forgetDemo(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ id: string; removed: boolean }>(
    `SELECT id, removed_at IS NOT NULL AS removed FROM control.source WHERE demo ORDER BY id`,
  );
  if (rows.length === 0) return [];
  for (const { id, removed } of rows) if (!removed) await removeSource(tx, id, 'cli');
  // Whoever still works on a demo stream loses its lease before its records go.
  await tx.query(`UPDATE control.stream SET epoch = epoch + 1, lease_until = '-infinity'`);
  for (const statement of await emptyings(tx)) await tx.query(statement);
  await tx.query(`UPDATE control.api_token SET revoked_at = clock_timestamp() WHERE demo AND revoked_at IS NULL`);
  return rows.map(({ id }) => id);
}

/** What belongs to the deployment and not to its sources. Every other table of `control` and `data` is emptied. */
export const KEPT = [
  'control.adapter',
  'control.api_token',
  'control.key_floor',
  'control.key_rotation',
  'control.key_rotation_place',
  'control.lineage',
  'control.link_rule',
];

/**
 * Statements that empty all tables of sources, read from the catalogue so that no later table is forgotten: those that
 * refer to others first.
 */
async function emptyings(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ name: string; truncates: boolean; refers: string[] }>(
    `SELECT c.oid::regclass::text AS name, has_table_privilege(c.oid, 'TRUNCATE') AS truncates,
       ARRAY(SELECT confrelid::regclass::text FROM pg_constraint
             WHERE conrelid = c.oid AND contype = 'f' AND confrelid <> c.oid) AS refers
     FROM pg_class c
     WHERE c.relnamespace IN ('control'::regnamespace, 'data'::regnamespace) AND c.relkind IN ('r', 'p')
       AND NOT c.relispartition AND c.oid::regclass::text <> ALL ($1)`,
    [KEPT],
  );
  const referred = new Set(rows.flatMap(({ refers }) => refers));
  const quick = rows.filter(({ name, truncates }) => truncates && !referred.has(name));
  let left = rows.filter((table) => !quick.includes(table));
  const statements = quick.length ? [`TRUNCATE ${quick.map(({ name }) => name).join(', ')}`] : [];
  while (left.length) {
    const free = left.filter(({ name }) => !left.some(({ refers }) => refers.includes(name)));
    if (free.length === 0) throw new Error('tables refer to one another in a circle');
    statements.push(...free.map(({ name }) => `DELETE FROM ${name}`));
    left = left.filter((table) => !free.includes(table));
  }
  return statements;
}
