import { ENTITIES, type EntityName } from '../../../standard/index.js';
import { columns, LATE } from './columns.js';
import type { Operation } from './operation.js';
import { type GoldenRow, type Pointer, placeOf, pointers, type ServedGolden } from './served.js';
import type { SourceDirectory } from './source-states.js';

/** A table of golden rows: `id`, the entity's columns (identifiers excepted), `states`, `provenance`. */
export interface GoldenTable<G extends ServedGolden> {
  table: string;
  entity: EntityName;
  make(id: string, row: GoldenRow, directory: SourceDirectory): G;
  /** Told of every row read by its id, for the evidence; lists tell of what they serve. */
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
  const rows = await operation.byIds<Row>((isOne) => `${select(operation, golden)} WHERE r.id ${isOne}`, ids);
  for (const { id } of rows) golden.onRead?.(operation, id);
  return new Map((await served(operation, golden, rows)).map((one) => [one.id, one]));
}

/** A page of golden rows that match, ordered by id; which of them are served, and so read, its caller knows. */
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
  const chosen = rows.map(({ provenance }) => pointers(provenance));
  const late = await latePlaces(
    operation,
    golden.entity,
    chosen.flatMap((map) => [...map.values()]),
  );
  return rows.map(({ id, states, provenance: _, ...values }, index) =>
    golden.make(id, { states, values, pointers: chosen[index]!, late }, directory),
  );
}

/** Which of the rows that golden fields were chosen from are in grace or have a newer version in quarantine. */
async function latePlaces(operation: Operation, entity: EntityName, all: Pointer[]): Promise<Set<string>> {
  const places = [...new Map(all.map((pointer) => [placeOf(pointer), pointer])).values()];
  if (places.length === 0) return new Set();
  const rows = await operation.prepared<Omit<Pointer, 'run'>>(
    `SELECT r.stream, r.key, r.part
       FROM unnest($1::int4[], $2::text[], $3::text[]) AS p(stream, key, part)
       JOIN data.${ENTITIES[entity].table} r ON r.stream = p.stream AND r.key = p.key AND r.part = p.part
      WHERE ${LATE}`,
    [places.map(({ stream }) => stream), places.map(({ key }) => key), places.map(({ part }) => part)],
  );
  return new Set(rows.map(placeOf));
}
