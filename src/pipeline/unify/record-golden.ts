import type { Tx } from '../../platform/database/index.js';
import { encodeStates } from '../../standard/index.js';
import { goldenOf, provenanceText, type Candidate, type Golden } from './golden.js';
import { valueColumns, type GoldenField } from './golden-field.js';

/** A golden table whose rows are made of records (dwellings, households), not of persons. */
export interface RecordTable {
  /** Typed table, also the suffix of the golden one: `data.unified_<table>`. */
  table: 'dwelling' | 'household';
  fields: readonly GoldenField[];
}

/** A row of the typed table and the golden row it belongs to. */
export interface GroupedCandidate {
  group: string;
  area: string | null;
  candidate: Candidate;
}

type Row = [
  string,
  string,
  string,
  number,
  string,
  string,
  number,
  string,
  string | null,
  string | null,
  ...(string | null)[],
];

/**
 * Reads live records with the golden row each belongs to.
 *
 * @param group SQL of the golden row's id.
 * @param grouping SQL after FROM: the typed table as `t`, its stream as `s`, and what `group` needs.
 */
export async function readGrouped(
  tx: Tx,
  { fields }: RecordTable,
  group: string,
  grouping: string,
  values: unknown[],
): Promise<GroupedCandidate[]> {
  const { rows } = await tx.client.query<Row>({
    text: `SELECT ${group}, s.source, c.domain, t.stream, t.key, t.part, t.run,
        (extract(epoch FROM t.recorded_at) * 1000)::int8, t.states, t.area, ${valueColumns(fields, 't')}
      FROM ${grouping} JOIN control.source c ON c.id = s.source
      WHERE t.gone_run IS NULL AND t.current`,
    values,
    rowMode: 'array',
  });
  return rows.map(([of, source, domain, stream, key, part, run, recordedAt, states, area, ...rest]) => ({
    group: of,
    area,
    candidate: {
      source,
      domain,
      stream,
      key,
      part,
      run,
      recordedAt: Number(recordedAt),
      states,
      worldTime: '',
      values: rest,
    },
  }));
}

/** Chooses field by field and writes the golden rows that differ. */
export async function writeGrouped(
  tx: Tx,
  { table, fields }: RecordTable,
  rows: readonly GroupedCandidate[],
): Promise<void> {
  const groups = new Map<string, GroupedCandidate[]>();
  for (const row of rows) {
    const list = groups.get(row.group);
    if (list) list.push(row);
    else groups.set(row.group, [row]);
  }
  if (groups.size === 0) return;
  const columns = [...fields.map(({ spec }) => spec.column), 'area', 'states', 'provenance'];
  const wanted = [...groups].map(([id, list]) => ({
    id,
    ...cellsOf(
      fields,
      goldenOf(
        fields,
        list.map((one) => one.candidate),
      ),
      list,
    ),
  }));
  const typed = fields.map(({ spec }) => `u.${spec.column}::${spec.columns[0]!.type}`);
  await tx.query(
    `UPDATE data.unified_${table} t SET (${columns.join(', ')}, recorded_at) = (${[...typed, 'u.area', 'u.states', 'u.provenance::jsonb'].join(', ')}, clock_timestamp())
     FROM jsonb_to_recordset($1::jsonb) u(id uuid, ${columns.map((name) => `${name} text`).join(', ')})
     WHERE t.id = u.id AND (${columns.map((name) => `t.${name}`).join(', ')}) IS DISTINCT FROM
       (${[...typed, 'u.area', 'u.states', 'u.provenance::jsonb'].join(', ')})`,
    [JSON.stringify(wanted)],
  );
}

function cellsOf(
  fields: readonly GoldenField[],
  golden: Golden,
  rows: readonly GroupedCandidate[],
): Record<string, string | null> {
  const cells: Record<string, string | null> = {};
  fields.forEach(({ spec }, index) => (cells[spec.column] = golden.values[index] ?? null));
  const lies = rows.map((row) => row.area).filter((area) => area !== null);
  cells.area = lies.sort()[0] ?? null;
  cells.states = encodeStates(golden.states);
  cells.provenance = provenanceText(fields, golden);
  return cells;
}
