import { RetriableError } from '../../../../platform/kernel/index.js';
import type { Page, ReadRequest } from '../../contract.js';
import type { RequestRules } from '../../resilience/index.js';
import { sqlError } from './errors.js';
import type { SqlSession } from './session.js';

/**
 * The pages of a scan, each a request of its own: it passes the gate and has a deadline. A server that goes silent
 * behind an open connection is given up, since no statement timeout of its own will come through.
 *
 * @throws RetriableError CONNECTOR_TIMEOUT, SOURCE_PAUSED, and the scan's own errors as ours.
 */
export async function* paced(
  pages: AsyncGenerator<Page>,
  session: SqlSession,
  { gate, totalMs }: RequestRules,
  request: ReadRequest,
): AsyncGenerator<Page> {
  try {
    for (;;) {
      const { value, done } = await gate.pass(request.signal, () => next(pages, session, totalMs, request));
      if (done) return;
      yield value;
    }
  } finally {
    await pages.return(undefined).catch(() => undefined);
  }
}

async function next(
  pages: AsyncGenerator<Page>,
  session: SqlSession,
  totalMs: number,
  { stream, signal }: ReadRequest,
): Promise<IteratorResult<Page>> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    session.abort();
  }, totalMs);
  try {
    return await pages.next();
  } catch (error) {
    signal.throwIfAborted();
    if (!late) throw sqlError(error, stream);
    throw new RetriableError('CONNECTOR_TIMEOUT', { origin: 'source', where: { stream }, params: { state: 'total' } });
  } finally {
    clearTimeout(timer);
  }
}
