import { FatalError } from '../../../../platform/kernel/index.js';
import type { Checkpoint, Page, ReadRequest } from '../../contract.js';
import { RecordWriter } from '../record-writer.js';
import type { SqlBlock } from './block.js';
import { keysetRows } from './keyset-rows.js';
import type { Row, SqlColumn, SqlSession, SqlValue } from './session.js';
import { orderColumns, statement } from './statement.js';

/**
 * The pages of a query in the order of its key. The whole scan sees one snapshot of the database.
 *
 * A record is the JSON array of its row's values in select order, which `columns` names.
 *
 * @throws FatalError CONNECTOR_KEY_NULL for rows without a key (paging could not reach them), CONNECTOR_CHECKPOINT.
 */
export async function* scan(
  session: SqlSession,
  block: SqlBlock,
  columns: SqlColumn[],
  request: ReadRequest,
): AsyncGenerator<Page> {
  const where = { stream: request.stream };
  const at = block.orderBy.map((name) => columns.findIndex((column) => column.name === name));
  if (at.includes(-1))
    throw new FatalError('CONNECTOR_KEY_COLUMN', {
      origin: 'source',
      where,
      params: { columns: block.orderBy.join(', ') },
    });
  const keyOf = (row: Row): SqlValue[] => at.map((index) => ({ text: row[index]!, number: columns[index]!.number }));
  const keyColumns = at.map((index) => columns[index]!);
  let key = readKey(request.checkpoint, keyColumns, request.stream);
  const expectedTotal = block.counted ? await count(session, block, where) : undefined;
  let before: { rows: Row[]; key: SqlValue[] } | null = null;
  const pageOf = ({ rows, key: end }: { rows: Row[]; key: SqlValue[] }, last: boolean): Page => {
    const writer = new RecordWriter();
    const records = rows.map((row) => writer.write(JSON.stringify(row)));
    const page: Page = { records, checkpoint: writeKey(end), last };
    if (expectedTotal !== undefined) page.expectedTotal = expectedTotal;
    return page;
  };
  for await (const rows of rowsFrom(session, block, key, keyOf, request.pageSize)) {
    request.signal.throwIfAborted();
    if (rows.length === 0) continue;
    if (before) yield pageOf(before, false);
    key = keyOf(rows.at(-1)!);
    before = { rows, key };
  }
  yield pageOf(before ?? { rows: [], key }, true);
}

/** Through the server's cursor where it has one (one plan, one sort for the whole scan), else query by query. */
function rowsFrom(
  session: SqlSession,
  block: SqlBlock,
  start: SqlValue[],
  keyOf: (row: Row) => SqlValue[],
  limit: number,
): AsyncGenerator<Row[]> {
  if (!session.cursor) return keysetRows(session, block, start, keyOf, limit);
  // From the last key on, not behind it: rows the database holds equal to it may not have been delivered yet.
  return session.cursor(
    `${statement(session, block, '>=', start)} order by ${orderColumns(session, block)}`,
    start,
    limit,
  );
}

/** The query's columns, without reading a row. */
export async function describe(session: SqlSession, block: SqlBlock): Promise<SqlColumn[]> {
  return (await session.query(`select * from (${block.select}\n) as s where 1 = 0`, [])).columns;
}

async function count(session: SqlSession, block: SqlBlock, where: { stream: string }): Promise<number> {
  const keyed = block.orderBy.map((name) => `${session.quote(name)} is not null`).join(' and ');
  const sql = `select count(*) as a, count(case when ${keyed} then 1 end) as b from (${block.select}\n) as s`;
  const [total, withKey] = (await session.query(sql, [])).rows[0]!.map(Number);
  if (total !== withKey)
    throw new FatalError('CONNECTOR_KEY_NULL', {
      origin: 'source',
      where,
      params: { rows: total! - withKey!, columns: block.orderBy.join(', ') },
    });
  return total!;
}

const writeKey = (key: SqlValue[]): Checkpoint => JSON.stringify(key.map((value) => value.text));

function readKey(checkpoint: Checkpoint | null, columns: SqlColumn[], stream: string): SqlValue[] {
  if (checkpoint === null) return [];
  try {
    const texts = JSON.parse(checkpoint) as unknown;
    const whole = Array.isArray(texts) && (texts.length === 0 || texts.length === columns.length);
    if (whole && texts.every((text) => typeof text === 'string'))
      return (texts as string[]).map((text, index) => ({ text, number: columns[index]!.number }));
  } catch {
    // one error for every form of nonsense
  }
  throw new FatalError('CONNECTOR_CHECKPOINT', { where: { stream } });
}
