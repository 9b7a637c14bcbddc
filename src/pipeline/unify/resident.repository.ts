import type { Tx } from '../../platform/database/index.js';
import { encodeStates } from '../../standard/index.js';
import { copyInto, type CopyCell } from '../link/index.js';
import { goldenFields } from './golden-field.js';
import { provenanceText, type Golden } from './golden.js';

export const PERSON_FIELDS = goldenFields('Person');

/** Columns of `data.resident` that unify fills, in order; of an identifier only its index and where it is sealed. */
const COLUMNS: readonly string[] = [
  ...PERSON_FIELDS.flatMap(({ spec }) =>
    spec.type === 'identifier'
      ? ['index', 'stream', 'key', 'part'].map((end) => `${spec.column}_${end}`)
      : [spec.column],
  ),
  'states',
  'provenance',
];
const ALL = ['id', ...COLUMNS, 'recorded_at', 'run'];

/** A golden row as cells, in the order of COLUMNS, and the run it is as new as. */
export interface ResidentRow {
  id: string;
  cells: CopyCell[];
  run: number;
}

export function residentRow(id: string, golden: Golden): ResidentRow {
  const cells: CopyCell[] = [];
  PERSON_FIELDS.forEach(({ spec }, index) => {
    const value = golden.values[index] ?? null;
    const row = golden.chosen[index];
    if (spec.type !== 'identifier') cells.push(value);
    else if (value === null || !row) cells.push(null, null, null, null);
    else cells.push(Buffer.from(value, 'hex'), row.stream, row.key, row.part);
  });
  cells.push(encodeStates(golden.states), provenanceText(PERSON_FIELDS, golden));
  const run = golden.chosen.reduce((latest, row) => Math.max(latest, row?.run ?? 0), 0);
  return { id, cells, run };
}

/** Locks the residents' rows, making those that do not exist yet. Repeats where another worker closed one in between. */
export async function lockResidents(tx: Tx, ids: readonly string[]): Promise<void> {
  const sorted = [...ids].sort();
  for (;;) {
    await tx.query(
      `INSERT INTO data.resident (id, recorded_at) SELECT id, clock_timestamp() FROM unnest($1::uuid[]) id ON CONFLICT DO NOTHING`,
      [sorted],
    );
    const { rowCount } = await tx.query(
      'SELECT count(*) FROM (SELECT 1 FROM data.resident WHERE id = ANY($1) ORDER BY id FOR UPDATE) locked HAVING count(*) = $2',
      [sorted, sorted.length],
    );
    if (rowCount === 1) return;
  }
}

const STAGE = 'pg_temp.resident_stage';
const VERSION_COLUMNS = [...ALL, 'replaced_run', 'op'];

/** Writes the golden rows that differ; what they replace goes to the history. The rows are locked by the caller. */
export async function writeResidents(tx: Tx, rows: readonly ResidentRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `CREATE TEMP TABLE IF NOT EXISTS resident_stage ON COMMIT DELETE ROWS AS SELECT ${ALL.join(', ')} FROM data.resident LIMIT 0`,
  );
  const at = new Date().toISOString();
  await copyInto(
    tx,
    STAGE,
    ALL,
    rows.map(({ id, cells, run }) => [id, ...cells, at, run]),
  );
  const set = [...COLUMNS, 'recorded_at', 'run'].map((name) => `${name} = s.${name}`).join(', ');
  await tx.query(
    `WITH changed AS (
       UPDATE data.resident r SET ${set} FROM ${STAGE} s
       WHERE r.id = s.id AND (${COLUMNS.map((name) => `r.${name}`).join(', ')}) IS DISTINCT FROM (${COLUMNS.map((name) => `s.${name}`).join(', ')})
       RETURNING ${ALL.map((name) => `old.${name}`).join(', ')}, s.run AS replaced_run)
     INSERT INTO data.resident_version (${VERSION_COLUMNS.join(', ')})
     SELECT *, 'U' FROM changed WHERE run IS NOT NULL`,
  );
}

/** Closes residents without records: the last golden row goes to the history. */
export async function closeResidents(tx: Tx, ids: readonly string[], run: number | null): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `WITH closed AS (DELETE FROM data.resident WHERE id = ANY($1) RETURNING ${ALL.join(', ')})
     INSERT INTO data.resident_version (${VERSION_COLUMNS.join(', ')}) SELECT *, $2::int4, 'D' FROM closed WHERE run IS NOT NULL`,
    [ids, run],
  );
}
