import { uuidv7 } from '../../platform/kernel/index.js';
import type { Tx } from '../../platform/database/index.js';
import { claimWork } from './claim-work.js';
import { goldenFields } from './golden-field.js';
import { readGrouped, writeGrouped, type RecordTable } from './record-golden.js';

const HOUSEHOLDS: RecordTable = { table: 'household', fields: goldenFields('Household') };
const LOCK = 0x11_4b04;

/**
 * Household = the 户 of one source, by its key there; households of different sources are never one (a registered 户 and
 * those who live in a flat are two kinds).
 *
 * @returns the number of records looked at; 0 when there was nothing to do.
 */
export async function unifyHouseholds(tx: Tx, size: number): Promise<number> {
  await tx.query('SELECT pg_advisory_xact_lock($1, 0)', [LOCK]);
  const work = await claimWork(tx, 'household', size);
  let looked = 0;
  for (const { stream, keys } of work) {
    looked += keys.length;
    const { rows } = await tx.query<{ source: string }>('SELECT source FROM control.stream WHERE id = $1', [stream]);
    await unify(tx, rows[0]!.source, [...new Set(keys)]);
  }
  return looked;
}

async function unify(tx: Tx, source: string, keys: readonly string[]): Promise<void> {
  const { rows: own } = await tx.query<{ id: number }>('SELECT id FROM control.stream WHERE source = $1', [source]);
  const streams = own.map((row) => row.id);
  await tx.query(
    `WITH wanted AS (
       SELECT w.key, w.fresh FROM unnest($2::text[], $3::uuid[]) w(key, fresh) CROSS JOIN LATERAL (
         SELECT 1 FROM data.household t
         WHERE t.stream = ANY($4) AND t.key = w.key AND t.gone_run IS NULL AND t.current LIMIT 1) there),
       back AS (DELETE FROM data.retired_id r USING wanted WHERE r.kind = 'household'
         AND r.natural_key = $1 || chr(31) || wanted.key RETURNING wanted.key, r.id)
     INSERT INTO data.unified_household (id, source, household_key)
     SELECT coalesce(back.id, wanted.fresh), $1, wanted.key FROM wanted LEFT JOIN back ON back.key = wanted.key
     ON CONFLICT (source, household_key) DO NOTHING`,
    [source, keys, keys.map(() => uuidv7()), streams],
  );
  const rows = await readGrouped(
    tx,
    HOUSEHOLDS,
    'u.id',
    `unnest($2::text[]) k(key)
     CROSS JOIN LATERAL (SELECT id FROM data.unified_household WHERE source = $1 AND household_key = k.key OFFSET 0) u
     CROSS JOIN LATERAL (SELECT * FROM data.household x WHERE x.stream = ANY($3) AND x.key = k.key OFFSET 0) t
     JOIN control.stream s ON s.id = t.stream`,
    [source, keys, streams],
  );
  await writeGrouped(tx, HOUSEHOLDS, rows);
  await tx.query(
    `WITH closed AS (DELETE FROM data.unified_household u WHERE source = $1 AND household_key = ANY($2)
       AND NOT (id = ANY($3)) RETURNING id, household_key)
     INSERT INTO data.retired_id (kind, natural_key, id) SELECT 'household', $1 || chr(31) || household_key, id FROM closed
     ON CONFLICT (kind, natural_key) DO UPDATE SET id = excluded.id, retired_at = clock_timestamp()`,
    [source, keys, [...new Set(rows.map((row) => row.group))]],
  );
}
