import type { SqlBlock } from './block.js';
import type { SqlSession, SqlValue } from './session.js';

/** The stream's query as a subquery, with a comparison of its ordering columns with a key where one is given. */
export function statement(
  session: SqlSession,
  block: SqlBlock,
  comparison: '=' | '>' | '>=',
  key: readonly SqlValue[],
): string {
  const names = orderColumns(session, block);
  const marks = key.map((_, index) => session.placeholder(index + 1)).join(', ');
  const condition = key.length === 0 ? '' : ` where ${tuple(names)} ${comparison} ${tuple(marks)}`;
  return `select * from (${block.select}\n) as s${condition}`;
}

export const orderColumns = (session: SqlSession, block: SqlBlock): string =>
  block.orderBy.map((name) => session.quote(name)).join(', ');

const tuple = (names: string): string => (names.includes(',') ? `(${names})` : names);
