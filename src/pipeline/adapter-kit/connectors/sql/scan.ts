import { FatalError } from '../../../../platform/kernel/index.js';
import type { Checkpoint, Page, ReadRequest } from '../../contract.js';
import { RecordWriter } from '../record-writer.js';
import type { SqlBlock } from './block.js';
import type { SqlColumn, SqlSession, SqlValue } from './session.js';

/**
 * The pages of a query by keyset paging: each page begins behind the last key of the one before, so a page costs the
 * same wherever it lies. The whole scan sees one snapshot of the database.
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
  let after = readKey(
    request.checkpoint,
    at.map((index) => columns[index]!),
    request.stream,
  );
  const expectedTotal = block.counted ? await count(session, block, where) : undefined;
  for (let last = false; !last;) {
    request.signal.throwIfAborted();
    const rows = await pageAfter(session, block, after, request.pageSize);
    last = rows.length < request.pageSize;
    const key = rows.at(-1);
    if (key) after = at.map((index) => ({ text: key[index]!, number: columns[index]!.number }));
    const writer = new RecordWriter();
    const texts = rows.map((row) => JSON.stringify(row));
    if (!last && key) texts.push(...(await ties(session, block, after, texts)));
    const page: Page = { records: texts.map((text) => writer.write(text)), checkpoint: writeKey(after), last };
    if (expectedTotal !== undefined) page.expectedTotal = expectedTotal;
    yield page;
  }
}

/** The query's columns, without reading a row. */
export async function describe(session: SqlSession, block: SqlBlock): Promise<SqlColumn[]> {
  return (await session.query(`select * from (${block.select}\n) as s where 1 = 0`, [])).columns;
}

const list = (session: SqlSession, block: SqlBlock): string =>
  block.orderBy.map((name) => session.quote(name)).join(', ');
const tuple = (names: string): string => (names.includes(',') ? `(${names})` : names);

async function pageAfter(
  session: SqlSession,
  block: SqlBlock,
  after: SqlValue[],
  limit: number,
): Promise<(string | null)[][]> {
  const names = list(session, block);
  const marks = after.map((_, index) => session.placeholder(index + 1)).join(', ');
  const condition = after.length === 0 ? '' : `where ${tuple(names)} > ${tuple(marks)} `;
  const sql = `select * from (${block.select}\n) as s ${condition}order by ${names} limit ${limit}`;
  return (await session.query(sql, after)).rows;
}

/**
 * Rows that the database holds equal to the page's last key and that did not fit into the page: an order that is not
 * unique, or a collation to which `a` and `A` are the same. Without them the next page would step over them.
 */
async function ties(session: SqlSession, block: SqlBlock, key: SqlValue[], page: string[]): Promise<string[]> {
  const names = list(session, block);
  const marks = key.map((_, index) => session.placeholder(index + 1)).join(', ');
  const { rows } = await session.query(
    `select * from (${block.select}\n) as s where ${tuple(names)} = ${tuple(marks)}`,
    key,
  );
  if (rows.length <= 1) return [];
  const open = rows.map((row) => JSON.stringify(row));
  for (let index = page.length - 1; index >= 0; index--) {
    const delivered = open.indexOf(page[index]!);
    if (delivered < 0) break;
    open.splice(delivered, 1);
  }
  return open;
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
