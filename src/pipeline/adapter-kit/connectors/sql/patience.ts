import { RetriableError } from '../../../../platform/kernel/index.js';
import type { SqlSession } from './session.js';

const GOODBYE_MS = 2_000;

/**
 * A session that must be there in time; one that comes later is dropped.
 * @throws RetriableError CONNECTOR_TIMEOUT, and what opening throws.
 */
export async function openInTime(opening: Promise<SqlSession>, totalMs: number): Promise<SqlSession> {
  let timer: NodeJS.Timeout | undefined;
  let late = false;
  const given = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true;
      reject(new RetriableError('CONNECTOR_TIMEOUT', { origin: 'source', params: { state: 'open' } }));
    }, totalMs);
  });
  opening.then(
    (session) => late && session.abort(),
    () => undefined,
  );
  return Promise.race([opening, given]).finally(() => clearTimeout(timer));
}

/** Says goodbye, but waits for no answer from a server that has gone silent. */
export async function closeOrDrop(session: SqlSession): Promise<void> {
  const timer = setTimeout(() => session.abort(), GOODBYE_MS);
  await session.close().finally(() => clearTimeout(timer));
}
