import type { SqlBlock } from './block.js';
import type { Row, SqlSession, SqlValue } from './session.js';
import { orderColumns, statement } from './statement.js';

/**
 * A scan as one query a page, each beginning behind the last key of the one before: a page costs the same wherever it
 * lies, and the server keeps nothing between two pages.
 */
export async function* keysetRows(
  session: SqlSession,
  block: SqlBlock,
  start: SqlValue[],
  keyOf: (row: Row) => SqlValue[],
  limit: number,
): AsyncGenerator<Row[]> {
  for (let after = start; ;) {
    const order = ` order by ${orderColumns(session, block)} limit ${limit}`;
    const { rows } = await session.query(statement(session, block, '>', after) + order, after);
    const last = rows.at(-1);
    if (rows.length < limit || !last) {
      yield rows;
      return;
    }
    after = keyOf(last);
    yield [...rows, ...(await ties(session, block, after, rows))];
  }
}

/**
 * Rows that the database holds equal to the page's last key and that did not fit into the page: an order that is not
 * unique, or a collation to which `a` and `A` are the same. Without them the next page would step over them.
 */
async function ties(session: SqlSession, block: SqlBlock, key: SqlValue[], page: readonly Row[]): Promise<Row[]> {
  const { rows } = await session.query(statement(session, block, '=', key), key);
  if (rows.length <= 1) return [];
  const open = rows.map((row) => JSON.stringify(row));
  for (let index = page.length - 1; index >= 0; index--) {
    const delivered = open.indexOf(JSON.stringify(page[index]!));
    if (delivered < 0) break;
    open.splice(delivered, 1);
  }
  return open.map((text) => JSON.parse(text) as Row);
}
