import type { Tx } from '../../platform/database/index.js';
import { ConfigurationError } from '../../platform/kernel/index.js';
import { checkKey } from './check-key.js';
import { closeRun, type Outcome } from './close-run.js';
import { transact, type Engine, type OpenRun } from './engine.js';
import { claimStream, LeaseLostError, renewLease, type Lease } from './lease.repository.js';
import { FieldPresence } from './field-presence.js';
import type { Hold } from './hold.js';
import { isApproved } from './hold.repository.js';
import { makeWay } from './push-runs.repository.js';
import { scanStream } from './scan-stream.js';
import { refusePaused } from './source-gate.repository.js';
import { NO_SOURCE, replayRun } from './replay-run.js';
import { settleFailure, type SettledRun } from './settle-failure.js';
import { openAdapter, openMapping } from './source.repository.js';
import { tooManyBad } from './statement.js';
import { sweepStream } from './sweep-stream.js';
import { INBOX, takePushed } from './take-pushed.js';
import { readRun, type RunRow, type RunState } from './sync-run.repository.js';

/** BUSY: another worker has the stream. LOST: it took the stream over. Otherwise the state the run is in now. */
export type RunResult = SettledRun | 'BUSY';

/**
 * Executes one run of one stream from wherever it stands: takes the lease, scans, sweeps, closes. Safe to call any
 * number of times, by any number of workers; the queue's message is only a wake-up.
 */
export async function runStream(engine: Engine, runId: number, stopping: AbortSignal): Promise<RunResult> {
  const seen = await transact(engine, (tx) => readRun(tx, runId));
  if (!seen || !isOpen(seen)) return seen?.state ?? 'CANCELLED';
  const claim = await transact(engine, async (tx) => {
    if (seen.mode === 'push' && !(await makeWay(tx, seen))) return 'BUSY';
    return claimOpenRun(tx, engine, seen);
  }).catch(over);
  if (typeof claim === 'string') return claim;
  const { run, lease } = claim;
  const readBefore = run.counts.read;
  const lost = new AbortController();
  const heartbeat = setInterval(() => void beat(engine, lease, lost), (engine.leaseSeconds * 1000) / 3);
  try {
    if (run.adapterHash !== run.currentHash)
      throw new ConfigurationError('SYNC_MAPPING_CHANGED', { origin: 'gateway' });
    if (asksSource(run)) await refusePaused(engine, run.source);
    return told(engine, run, await execute(engine, run, lease, AbortSignal.any([stopping, lost.signal])));
  } catch (error) {
    const how = { stopping, progressed: run.counts.read > readBefore };
    return told(engine, run, await settleFailure(engine, run, lease, error, how));
  } finally {
    clearInterval(heartbeat);
  }
}

const isOpen = ({ state }: RunRow): boolean => state === 'QUEUED' || state === 'RUNNING';

/** Rolls a claim back: the run was ended by another worker after it had been looked at. */
class RunIsOverError extends Error {
  constructor(readonly state: RunState) {
    super('the run is over');
  }
}

/** The run is read again under the lease: whoever held the stream until now may have brought it on, or ended it. */
async function claimOpenRun(
  tx: Tx,
  { owner, leaseSeconds }: Engine,
  seen: RunRow,
): Promise<{ run: RunRow; lease: Lease } | 'BUSY'> {
  const lease = await claimStream(tx, { stream: seen.stream, run: seen.id, owner, leaseSeconds });
  if (lease === null) return 'BUSY';
  const run = await readRun(tx, seen.id);
  if (!run || !isOpen(run)) throw new RunIsOverError(run?.state ?? 'CANCELLED');
  return { run, lease };
}

function over(error: unknown): RunState {
  if (error instanceof RunIsOverError) return error.state;
  throw error;
}

function told<T extends RunResult>(engine: Engine, { source }: RunRow, result: T): T {
  if (result !== 'QUEUED' && result !== 'LOST') engine.onEnded?.({ source, state: result });
  return result;
}

async function beat(engine: Engine, lease: Lease, lost: AbortController): Promise<void> {
  try {
    const held = await transact(engine, (tx) => renewLease(tx, lease, engine.leaseSeconds), {
      statementTimeoutMs: 1500,
    });
    if (!held) lost.abort(new LeaseLostError(String(lease.stream)));
  } catch {
    // A page that is being committed holds the row and renews the lease itself.
  }
}

async function execute(engine: Engine, run: RunRow, lease: Lease, signal: AbortSignal): Promise<RunState> {
  const adapter = asksSource(run)
    ? await openAdapter(engine, run)
    : { ...(await openMapping(engine, run)), connection: run.mode === 'push' ? INBOX : NO_SOURCE };
  try {
    const open: OpenRun = {
      ...adapter,
      run,
      lease,
      entities: adapter.mapping.entities,
      copyDirect: await mayCopyDirect(engine),
      recordedAt: engine.clock.now().toISOString(),
      layout: null,
      presence: new FieldPresence(adapter.watched, lease.mappingHash === run.adapterHash ? lease.alwaysFields : null),
      signal,
    };
    await checkKey(engine, open);
    if (run.mode === 'replay') return await replayRun(engine, open);
    if (run.mode === 'push') return await takePushed(engine, open);
    const { memory } = await scanStream(engine, open);
    const outcome = await judgeScan(engine, run);
    if (outcome.state !== 'SUCCEEDED' || !sweeps(run)) return await closeRun(engine, open, outcome);
    const held = await sweepStream(engine, open, memory);
    return await closeRun(engine, open, held ? heldBy(held) : outcome);
  } finally {
    await adapter.connection.close();
  }
}

/** Replays and pushed events lie here already. */
const asksSource = (run: RunRow): boolean => run.mode !== 'replay' && run.mode !== 'push';
const sweeps = (run: RunRow): boolean => run.mode === 'snapshotDiff' || run.mode === 'periodReplace';

/** What a complete scan may claim, in order of gravity. */
async function judgeScan(engine: Engine, run: RunRow): Promise<Outcome> {
  const { read, quarantined } = run.counts;
  const where = { source: run.source, stream: run.streamName };
  const bad: Hold | null = tooManyBad(read, quarantined)
    ? { code: 'SYNC_TOO_MANY_BAD', origin: 'source', params: { ...where, read, quarantined }, bad: quarantined }
    : null;
  if (bad && !(await transact(engine, (tx) => isApproved(tx, run.stream, run.adapterHash, bad)))) return heldBy(bad);
  if (run.unreadableKeys > 0)
    return {
      state: 'PARTIAL',
      origin: 'source',
      code: 'SYNC_KEYS_UNREADABLE',
      params: { ...where, count: run.unreadableKeys },
    };
  if (run.expectedTotal !== null && read < run.expectedTotal)
    return {
      state: 'PARTIAL',
      origin: 'source',
      code: 'SYNC_COUNT_SHORT',
      params: { ...where, read, expected: run.expectedTotal },
    };
  return { state: 'SUCCEEDED', origin: null, code: null, badApproved: bad !== null };
}

const heldBy = (hold: Hold): Outcome => ({
  state: 'HELD',
  origin: hold.origin,
  code: hold.code,
  params: hold.params,
  hold,
});

async function mayCopyDirect(engine: Engine): Promise<boolean> {
  const { rows } = await transact(engine, (tx) =>
    tx.query<{ ok: boolean }>(`SELECT rolbypassrls OR rolsuper AS ok FROM pg_roles WHERE rolname = current_user`),
  );
  return rows[0]!.ok;
}
