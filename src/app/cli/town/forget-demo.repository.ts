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
  const tables = await tx.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c
     WHERE c.relnamespace = 'data'::regnamespace AND c.relkind = 'r' AND has_table_privilege(c.oid, 'TRUNCATE')`,
  );
  await tx.query(`TRUNCATE ${tables.rows.map(({ name }) => name).join(', ')}`);
  for (const table of ['data.quarantine', 'data.subject_key', ...CONTROL]) await tx.query(`DELETE FROM ${table}`);
  await tx.query(`UPDATE control.api_token SET revoked_at = clock_timestamp() WHERE demo AND revoked_at IS NULL`);
  return rows.map(({ id }) => id);
}

/** In the order in which their rows refer to one another. */
const CONTROL = [
  'control.change_outbox',
  'control.unify_resident',
  'control.unify_record',
  'control.run_page',
  'control.sync_run',
  'control.stream_control',
  'control.stream',
  'control.source',
];
