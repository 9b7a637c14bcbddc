import { RetriableError } from '../../../../platform/kernel/index.js';
import type { Page, ReadRequest } from '../../contract.js';
import type { RequestRules } from '../../resilience/index.js';
import { sqlError } from './errors.js';
import type { SqlSession } from './session.js';

/**
 * The pages of a scan, each a request of its own: it passes the gate and has a deadline.
 *
 * @throws RetriableError SOURCE_PAUSED, and those of `inTime`.
 */
export async function* paced(
  pages: AsyncGenerator<Page>,
  session: SqlSession,
  { gate, totalMs }: RequestRules,
  { stream, signal }: ReadRequest,
): AsyncGenerator<Page> {
  try {
    for (;;) {
      const { value, done } = await gate.pass(signal, () =>
        inTime(session, { totalMs, stream, signal }, () => pages.next()),
      );
      if (done) return;
      yield value;
    }
  } finally {
    await pages.return(undefined).catch(() => undefined);
  }
}

/**
 * Work with a session that must be done in time. A server that goes silent behind an open connection is given up: no
 * statement timeout of its own will come through.
 *
 * @throws RetriableError CONNECTOR_TIMEOUT, and the work's errors as ours.
 */
export async function inTime<T>(
  session: SqlSession,
  { totalMs, stream, signal }: { totalMs: number; stream?: string; signal: AbortSignal },
  work: () => Promise<T>,
): Promise<T> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    session.abort();
  }, totalMs);
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (!late) throw sqlError(error, stream);
    const where = stream === undefined ? {} : { stream };
    throw new RetriableError('CONNECTOR_TIMEOUT', { origin: 'source', where, params: { state: 'total' } });
  } finally {
    clearTimeout(timer);
  }
}
