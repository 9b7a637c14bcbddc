import { isConnectionLoss, type Tx } from '../../platform/database/index.js';
import { IsthmusError, RetriableError, type Origin } from '../../platform/kernel/index.js';
import { appendRunEnd } from './append-run-end.js';
import { StopOrderError } from './commit-page.js';
import { transact, type Engine } from './engine.js';
import { HoldError } from './hold.js';
import { recordHold } from './hold.repository.js';
import { holdsStream, LeaseLostError, releaseLease, type Lease } from './lease.repository.js';
import { isPause, nextTry } from './next-try.js';
import { endRun, readRun, requeueRun, type RunRow, type RunState } from './sync-run.repository.js';

/** LOST: another worker took the stream over. Otherwise the state the run is in now. */
export type SettledRun = RunState | 'LOST';

/**
 * Sorts a failure by what is to be done: give way, end on order, try again later, or fail. Whatever the failure looks
 * like (a frozen worker wakes to a dead connection), a run that another worker has taken over is that worker's alone.
 */
export async function settleFailure(
  engine: Engine,
  run: RunRow,
  lease: Lease,
  error: unknown,
  { stopping, progressed }: { stopping: AbortSignal; progressed: boolean },
): Promise<SettledRun> {
  if (error instanceof LeaseLostError) return 'LOST';
  if (stopping.aborted) return settled(engine, lease, (tx) => giveWay(tx, run));
  const { code, origin } = describe(error);
  const passing = error instanceof RetriableError || isConnectionLoss(error);
  const { attempts, requestedBy } = run;
  const ageMs = engine.clock.now().getTime() - run.queuedAt.getTime();
  const again = nextTry({ attempts, requestedBy, ageMs, progressed }, error, passing);
  return settled(engine, lease, async (tx) => {
    if (!again) return end(tx, run, lease, error);
    await requeueRun(tx, run.id, again, { code, origin });
    return 'QUEUED';
  });
}

/** What is left of a run changes hands together with the lease, and only while the stream is ours. */
function settled(engine: Engine, lease: Lease, work: (tx: Tx) => Promise<RunState>): Promise<SettledRun> {
  return transact(engine, async (tx) => {
    if (!(await holdsStream(tx, lease))) return 'LOST';
    const state = await work(tx);
    await releaseLease(tx, lease);
    return state;
  });
}

/** This worker stops: the next one goes on at once. */
async function giveWay(tx: Tx, { id, attempts }: RunRow): Promise<RunState> {
  await requeueRun(tx, id, { delayMs: 0, attempts }, { code: 'SYNC_LEASE_LOST', origin: 'gateway' });
  return 'QUEUED';
}

async function end(tx: Tx, run: RunRow, { stream }: Lease, error: unknown): Promise<RunState> {
  const { code, origin } = describe(error);
  const state = endOf(error);
  const told = error instanceof IsthmusError ? { ...error.where, ...error.params } : undefined;
  await endRun(tx, run.id, { state, origin, code, error: told, balanced: false });
  if (error instanceof HoldError)
    await recordHold(tx, { stream, run: run.id, adapterHash: run.adapterHash }, error.hold);
  const { counts } = (await readRun(tx, run.id))!;
  await appendRunEnd(tx, run, { state, balanced: false, counts, origin, reason: code });
  return state;
}

const endOf = (error: unknown): RunState =>
  error instanceof StopOrderError ? 'CANCELLED' : error instanceof HoldError ? 'HELD' : 'FAILED';

const describe = (error: unknown): { code: string; origin: Origin } =>
  isPause(error)
    ? { code: String(error.params['cause']), origin: error.origin }
    : error instanceof IsthmusError
      ? { code: error.code, origin: error.origin }
      : { code: 'SYNC_FAILED', origin: 'gateway' };
