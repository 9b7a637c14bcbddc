import { FatalError } from '../../platform/kernel/index.js';
import type { Page, SourceConnection } from './contract.js';

/** A list as long as the source's own limit: what came after it is missing, and nothing may be deleted for that. */
export const rowCapError = (stream: string, rowCap: number): FatalError =>
  new FatalError('CONNECTOR_ROW_CAP', { origin: 'source', where: { stream }, params: { rowCap } });

/** Lets a connection that reads a stream as one list fail before the end of a scan that reached the source's limit. */
export function capRows(connection: SourceConnection, rowCap: number): SourceConnection {
  const read = connection.read.bind(connection);
  connection.read = (request) => capped(read(request), request.stream, rowCap);
  return connection;
}

async function* capped(pages: AsyncIterable<Page>, stream: string, rowCap: number): AsyncGenerator<Page> {
  let rows = 0;
  for await (const page of pages) {
    rows += page.records.length;
    if (rows > rowCap || (page.last && rows === rowCap)) throw rowCapError(stream, rowCap);
    yield page;
  }
}
