import { LinkService } from '../../../pipeline/link/index.js';
import { runStream, waitingRuns, type Engine } from '../../../pipeline/sync/index.js';
import { UnifyService } from '../../../pipeline/unify/index.js';
import { systemClock } from '../../../platform/kernel/index.js';
import type { Runtime } from '../../runtime/open-runtime.js';
import { readRuns } from './run.repository.js';

const LOOK_MS = 200;

export const engineOf = ({ config, database, keyring }: Runtime): Engine => ({
  database,
  keyring,
  clock: systemClock,
  pageSize: config.syncPage,
  leaseSeconds: config.leaseSeconds,
  owner: `cli:${process.pid}`,
});

/**
 * Carries runs to their end in this process, then links and unifies. Leases keep it apart from any other worker, and an
 * interrupted run goes on where it stood the next time anybody takes it.
 */
export async function runHere(runtime: Runtime, runs: readonly number[], signal: AbortSignal): Promise<void> {
  const engine = engineOf(runtime);
  const mine = new Set(runs);
  while (!signal.aborted) {
    const state = await runtime.database.withContext('worker', { actor: 'cli' }, async (tx) => ({
      open: (await readRuns(tx, runs)).filter((run) => run.state === 'QUEUED' || run.state === 'RUNNING').length,
      due: (await waitingRuns(tx)).filter(({ run }) => mine.has(run)),
    }));
    if (state.open === 0) break;
    if (state.due.length === 0) await new Promise((next) => setTimeout(next, LOOK_MS));
    const lanes = Array.from({ length: runtime.config.workerConcurrency }, async () => {
      for (let one = state.due.shift(); one && !signal.aborted; one = state.due.shift())
        await runStream(engine, one.run, signal);
    });
    await Promise.all(lanes);
  }
  await new LinkService(runtime.database, runtime.keyring).drain(signal);
  await new UnifyService(runtime.database).drain(signal);
}
