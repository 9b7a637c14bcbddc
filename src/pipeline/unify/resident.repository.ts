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

/** Equal golden rows give equal text. */
export const cellsText = (cells: readonly CopyCell[]): string =>
  cells
    .map((cell) => (cell === null ? '\u0000' : Buffer.isBuffer(cell) ? cell.toString('hex') : String(cell)))
    .join('\u001f');

/**
 * Locks the residents' rows, making those that do not exist yet, and says what each holds (`cellsText`).
 * Repeats where another worker closed one in between.
 */
export async function lockResidents(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const sorted = [...ids].sort();
  const columns = COLUMNS.map((name) =>
    name.endsWith('_index') ? `encode(${name}, 'hex')` : name === 'provenance' ? 'provenance::text' : name,
  );
  for (;;) {
    await tx.query(
      `INSERT INTO data.resident (id, recorded_at) SELECT id, clock_timestamp() FROM unnest($1::uuid[]) id ON CONFLICT DO NOTHING`,
      [sorted],
    );
    const { rows } = await tx.client.query<[string, ...(string | number | null)[]]>({
      text: `SELECT id, ${columns.join(', ')} FROM data.resident WHERE id = ANY($1) ORDER BY id FOR UPDATE`,
      values: [sorted],
      rowMode: 'array',
    });
    if (rows.length === sorted.length)
      return new Map(rows.map(([id, ...cells]) => [id, cellsText(normaliseJson(cells))]));
  }
}

/** jsonb has an order of its own: bring the provenance to ours. */
function normaliseJson(cells: (string | number | null)[]): (string | number | null)[] {
  const stored = JSON.parse(cells.at(-1) as string) as Record<string, unknown>;
  const entries = PERSON_FIELDS.filter((field) => field.name in stored).map(
    (field) => `${JSON.stringify(field.name)}:${JSON.stringify(stored[field.name])}`,
  );
  return [...cells.slice(0, -1), `{${entries.join(',')}}`];
}

const STAGE = 'pg_temp.resident_stage';
const VERSION_COLUMNS = [...ALL, 'replaced_run', 'op'];

/** Writes changed golden rows; what they replace goes to the history. The rows are locked by the caller. */
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
       UPDATE data.resident r SET ${set} FROM ${STAGE} s WHERE r.id = s.id
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
