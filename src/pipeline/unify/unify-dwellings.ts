import { uuidv7 } from '../../platform/kernel/index.js';
import type { Tx } from '../../platform/database/index.js';
import { claimWork } from './claim-work.js';
import { goldenFields } from './golden-field.js';
import { readGrouped, writeGrouped, type RecordTable } from './record-golden.js';

const DWELLINGS: RecordTable = { table: 'dwelling', fields: goldenFields('Dwelling') };
/** One worker at a time: dwellings are few and change rarely. */
const LOCK = 0x11_4b03;

interface Live {
  stream: number;
  key: string;
  part: string;
  address_key: string | null;
  dwelling: string | null;
  /** Address key of the dwelling it belongs to now. */
  known: string | null;
}

/**
 * Dwelling = equal address key (division, estate, 幢, 单元, 室). A record whose address lacks a part is a dwelling of
 * its own: no guess joins it to another.
 *
 * @returns the number of records looked at; 0 when there was nothing to do.
 */
export async function unifyDwellings(tx: Tx, size: number): Promise<number> {
  await tx.query('SELECT pg_advisory_xact_lock($1, 0)', [LOCK]);
  const work = await claimWork(tx, 'dwelling', size);
  let looked = 0;
  const touched = new Set<string>();
  for (const { stream, keys } of work) {
    looked += keys.length;
    for (const dwelling of await assign(tx, stream, keys)) touched.add(dwelling);
  }
  if (touched.size === 0) return looked;
  const ids = [...touched];
  const rows = await readGrouped(
    tx,
    DWELLINGS,
    'm.dwelling',
    `unnest($1::uuid[]) d(id)
     CROSS JOIN LATERAL (SELECT * FROM data.dwelling_member WHERE dwelling = d.id OFFSET 0) m
     CROSS JOIN LATERAL (SELECT * FROM data.dwelling x WHERE x.stream = m.stream AND x.key = m.key AND x.part = m.part OFFSET 0) t
     JOIN control.stream s ON s.id = t.stream`,
    [ids],
  );
  await writeGrouped(tx, DWELLINGS, rows);
  await closeEmpty(tx, ids);
  return looked;
}

/** Puts the records into their dwellings. @returns the dwellings that they left, entered or stayed in. */
async function assign(tx: Tx, stream: number, keys: readonly string[]): Promise<Set<string>> {
  const touched = new Set<string>();
  const gone = await tx.query<{ dwelling: string }>(
    `DELETE FROM data.dwelling_member m WHERE m.stream = $1 AND m.key = ANY($2) AND NOT EXISTS (
       SELECT 1 FROM data.dwelling t WHERE t.stream = m.stream AND t.key = m.key AND t.part = m.part AND t.gone_run IS NULL AND t.current)
     RETURNING dwelling`,
    [stream, keys],
  );
  for (const { dwelling } of gone.rows) touched.add(dwelling);
  const { rows: live } = await tx.query<Live>(
    `SELECT t.stream, t.key, t.part, t.address_key, m.dwelling, u.address_key AS known FROM data.dwelling t
     LEFT JOIN LATERAL (
       SELECT dwelling FROM data.dwelling_member x WHERE x.stream = t.stream AND x.key = t.key AND x.part = t.part OFFSET 0) m ON true
     LEFT JOIN LATERAL (SELECT address_key FROM data.unified_dwelling WHERE id = m.dwelling OFFSET 0) u ON true
     WHERE t.stream = $1 AND t.key = ANY($2) AND t.gone_run IS NULL AND t.current`,
    [stream, keys],
  );
  const moving = live.filter((row) => row.dwelling === null || row.address_key !== row.known);
  for (const { dwelling } of live) if (dwelling !== null) touched.add(dwelling);
  const byAddress = await dwellingsAt(tx, [...new Set(moving.flatMap((row) => row.address_key ?? []))]);
  const lone = await loneDwellings(
    tx,
    moving.filter((row) => row.address_key === null),
  );
  const entered = moving.map((row, index) => {
    const id = row.address_key === null ? lone.get(moving[index]!)! : byAddress.get(row.address_key)!;
    touched.add(id);
    return id;
  });
  await tx.query(
    `INSERT INTO data.dwelling_member (stream, key, part, dwelling) SELECT $1, * FROM unnest($2::text[], $3::text[], $4::uuid[])
     ON CONFLICT (stream, key, part) DO UPDATE SET dwelling = excluded.dwelling`,
    [stream, moving.map((row) => row.key), moving.map((row) => row.part), entered],
  );
  return touched;
}

/** The dwelling of each address key, made (or brought back) where there is none. */
async function dwellingsAt(tx: Tx, addresses: readonly string[]): Promise<Map<string, string>> {
  if (addresses.length === 0) return new Map();
  await tx.query(
    `WITH wanted AS (SELECT * FROM unnest($1::text[], $2::uuid[]) w(address, fresh)),
       back AS (DELETE FROM data.retired_id r USING wanted WHERE r.kind = 'dwelling' AND r.natural_key = wanted.address RETURNING r.natural_key, r.id)
     INSERT INTO data.unified_dwelling (id, address_key)
     SELECT coalesce(back.id, wanted.fresh), wanted.address FROM wanted LEFT JOIN back ON back.natural_key = wanted.address
     ON CONFLICT (address_key) DO NOTHING`,
    [addresses, addresses.map(() => uuidv7())],
  );
  const { rows } = await tx.query<{ id: string; address_key: string }>(
    'SELECT id, address_key FROM data.unified_dwelling WHERE address_key = ANY($1)',
    [addresses],
  );
  return new Map(rows.map((row) => [row.address_key, row.id]));
}

async function loneDwellings(tx: Tx, rows: readonly Live[]): Promise<Map<Live, string>> {
  const made = new Map(rows.map((row) => [row, uuidv7()]));
  if (made.size > 0)
    await tx.query('INSERT INTO data.unified_dwelling (id) SELECT unnest($1::uuid[])', [[...made.values()]]);
  return made;
}

async function closeEmpty(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query(
    `WITH closed AS (DELETE FROM data.unified_dwelling u WHERE id = ANY($1)
       AND NOT EXISTS (SELECT 1 FROM data.dwelling_member m WHERE m.dwelling = u.id) RETURNING id, address_key)
     INSERT INTO data.retired_id (kind, natural_key, id) SELECT 'dwelling', address_key, id FROM closed WHERE address_key IS NOT NULL
     ON CONFLICT (kind, natural_key) DO UPDATE SET id = excluded.id, retired_at = clock_timestamp()`,
    [ids],
  );
}
