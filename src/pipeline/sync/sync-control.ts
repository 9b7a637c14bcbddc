import { ConfigurationError, UsageError } from '../../platform/kernel/index.js';
import type { Tx } from '../../platform/database/index.js';
import { append } from '../../platform/ledger/index.js';
import { checkedReason, refuseHold } from './approve-hold.js';
import { reopenGate } from './source-gate.repository.js';
import { openRuns } from './sync-run.repository.js';

/** Wakes a worker for one run. Losing the call loses nothing: the reconciler finds the run. */
export type WakeWorker = (stream: number, run: number) => Promise<void>;

/**
 * Queues a run for every stream of a source. A held stream is read anew and judged anew; what it showed before counts
 * as approved only by `approveHold`.
 *
 * @returns the open run of each stream.
 * @throws ConfigurationError SOURCE_UNKNOWN, SYNC_SOURCE_STOPPED, SYNC_ON_DEMAND.
 */
export async function startSync(
  tx: Tx,
  order: { source: string; actor: string; unit?: string },
): Promise<{ stream: number; run: number }[]> {
  const { rows } = await tx.query<{ suspended: boolean; kind: string }>(
    `SELECT suspended, kind FROM control.source WHERE id = $1 AND removed_at IS NULL`,
    [order.source],
  );
  if (!rows[0]) throw new ConfigurationError('SOURCE_UNKNOWN', { params: { source: order.source } });
  if (rows[0].kind === 'on-demand')
    throw new ConfigurationError('SYNC_ON_DEMAND', { params: { source: order.source } });
  if (rows[0].suspended) throw new ConfigurationError('SYNC_SOURCE_STOPPED', { params: { source: order.source } });
  if (order.actor !== 'schedule') await reopenGate(tx, order.source);
  const runs = await openRuns(tx, order.source, order.actor);
  await append(tx, {
    code: 'SYNC_STARTED',
    actor: order.actor,
    source: order.source,
    ...(order.unit ? { unit: order.unit } : {}),
  });
  return runs;
}

/**
 * Orders an open run to stop before its next commit; a queued one ends at once. Of a held run it refuses what the run
 * showed: nothing of it happens, and the next run is judged anew.
 *
 * @throws UsageError RUN_UNKNOWN, RUN_ENDED.
 */
export async function cancelSync(
  tx: Tx,
  order: { run: number; actor: string; unit?: string; person?: string; reason?: string },
): Promise<void> {
  const { rows } = await tx.query<{ stream: number; source: string; state: string }>(
    `SELECT stream, source, state FROM control.sync_run WHERE id = $1`,
    [order.run],
  );
  const run = rows[0];
  if (!run) throw new UsageError('RUN_UNKNOWN', { params: { run: order.run } });
  const { actor, unit = actor, person = actor } = order;
  const reason = order.reason === undefined ? '' : checkedReason(order.reason);
  if (run.state === 'HELD') return refuseHold(tx, { run: order.run, actor, unit, person, reason });
  if (!['QUEUED', 'RUNNING'].includes(run.state))
    throw new UsageError('RUN_ENDED', { params: { run: order.run, state: run.state } });
  await tx.query(
    `INSERT INTO control.stream_control (stream, cancel_run) VALUES ($1, $2) ON CONFLICT (stream) DO UPDATE SET cancel_run = excluded.cancel_run`,
    [run.stream, order.run],
  );
  await tx.query(
    `UPDATE control.sync_run SET state = 'CANCELLED', origin = 'gateway', error_code = 'SYNC_CANCELLED', ended_at = clock_timestamp()
     WHERE id = $1 AND state = 'QUEUED'`,
    [order.run],
  );
  await append(tx, {
    code: 'SYNC_CANCELLED',
    actor: order.actor,
    source: run.source,
    stream: run.stream,
    run: order.run,
    unit: order.unit,
    person: order.person,
  });
}

/**
 * Runs that nobody works on: queued and due, or running under a lease that ran out. `abandoned` numbers the holder that
 * never gave its lease back; null where there was none.
 */
export async function waitingRuns(tx: Tx): Promise<{ stream: number; run: number; abandoned: string | null }[]> {
  const { rows } = await tx.query<{ stream: number; run: number; abandoned: string | null }>(
    `SELECT r.stream, r.id AS run, CASE WHEN s.lease_until > '-infinity' THEN s.epoch::text END AS abandoned
     FROM control.sync_run r JOIN control.stream s ON s.id = r.stream
     WHERE r.state IN ('QUEUED', 'RUNNING') AND r.not_before <= clock_timestamp() AND s.lease_until < clock_timestamp() ORDER BY r.id`,
  );
  return rows;
}

/** Sources whose schedule is due; their next time is set in the same statement, so two workers never start both. */
export async function dueSources(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE control.source SET next_sync_at = clock_timestamp() + make_interval(secs => schedule_seconds)
     WHERE schedule_seconds IS NOT NULL AND next_sync_at <= clock_timestamp() AND removed_at IS NULL AND NOT suspended RETURNING id`,
  );
  return rows.map((row) => row.id);
}

/** Is any run of these sources still open? */
export async function openRunCount(tx: Tx, sources: readonly string[]): Promise<number> {
  const { rows } = await tx.query<{ open: number }>(
    `SELECT count(*)::int AS open FROM control.sync_run WHERE source = ANY($1) AND state IN ('QUEUED', 'RUNNING')`,
    [sources],
  );
  return rows[0]!.open;
}
