import type { EntityName } from '../../../standard/index.js';
import { columns } from './columns.js';
import type { Operation } from './operation.js';
import { type ReadRow, ServedGolden } from './served.js';
import type { SourceDirectory } from './source-states.js';

/** A table of golden rows: `id`, the entity's columns (identifiers excepted), `states`, `provenance`. */
export interface GoldenTable<G extends ServedGolden> {
  table: string;
  entity: EntityName;
  make(id: string, row: ReadRow & { provenance: unknown }, directory: SourceDirectory): G;
  /** Told of every row read, for the evidence. */
  onRead?(operation: Operation, id: string): void;
}

/** SQL conditions on `r` with their parameters. */
export interface Conditions {
  words: string[];
  params: unknown[];
}

export const NO_CONDITIONS = (): Conditions => ({ words: [], params: [] });

interface Row {
  [column: string]: unknown;
  id: string;
  states: string | null;
  provenance: unknown;
}

/** Golden rows by id, in one statement; an id that does not exist is missing from the map. */
export async function goldenById<G extends ServedGolden>(
  operation: Operation,
  golden: GoldenTable<G>,
  ids: string[],
): Promise<Map<string, G>> {
  const rows = await operation.rows<Row>(`${select(operation, golden)} WHERE r.id = ANY($1::uuid[])`, [ids]);
  return new Map((await served(operation, golden, rows)).map((one) => [one.id, one]));
}

/** A page of golden rows that match, ordered by id. */
export async function goldenPage<G extends ServedGolden>(
  operation: Operation,
  golden: GoldenTable<G>,
  { words, params }: Conditions,
  after: string | null,
  limit: number,
): Promise<G[]> {
  const all = after ? [...words, `r.id > $${params.push(after)}::uuid`] : words;
  const sql = `${select(operation, golden)} ${where(all)} ORDER BY r.id LIMIT $${params.push(limit)}`;
  return served(operation, golden, await operation.rows<Row>(sql, params));
}

/** How many rows match, counted no further than `limit`. */
export async function goldenCount<G extends ServedGolden>(
  operation: Operation,
  { table }: GoldenTable<G>,
  { words, params }: Conditions,
  limit: number,
): Promise<number> {
  const sql = `SELECT count(*)::int4 AS count FROM (SELECT 1 FROM ${table} r ${where(words)} LIMIT $${params.push(limit)}) AS capped`;
  const [row] = await operation.rows<{ count: number }>(sql, params);
  return row!.count;
}

const where = (words: readonly string[]): string => (words.length ? `WHERE ${words.join(' AND ')}` : '');

const select = <G extends ServedGolden>(operation: Operation, { table, entity }: GoldenTable<G>): string =>
  `SELECT r.id, r.states, r.provenance${columns(operation.plan(entity), entity, 'r', { identifiers: false })} FROM ${table} r`;

async function served<G extends ServedGolden>(operation: Operation, golden: GoldenTable<G>, rows: Row[]): Promise<G[]> {
  const directory = await operation.sources();
  return rows.map(({ id, states, provenance, ...values }) => {
    golden.onRead?.(operation, id);
    return golden.make(id, { states, provenance, values }, directory);
  });
}
