import type { Origin } from '../../platform/kernel/index.js';
import type { Tx } from '../../platform/database/index.js';
import { LaneDigest, liveState, resolveVanished } from '../store/index.js';
import { appendRunEnd } from './append-run-end.js';
import { transact, type Engine, type OpenRun } from './engine.js';
import { fence, releaseLease } from './lease.repository.js';
import type { Hold } from './hold.js';
import { endHolds, recordHold } from './hold.repository.js';
import { judge, type Verdict } from './statement.js';
import { endRun, readRun, type RunRow, type RunState } from './sync-run.repository.js';

/** How a scan that reached its end is judged before the balances are. */
export interface Outcome {
  state: Extract<RunState, 'SUCCEEDED' | 'PARTIAL' | 'HELD'>;
  origin: Origin | null;
  code: string | null;
  params?: Record<string, string | number>;
  /** What a held run shows. */
  hold?: Hold;
  /** More bad records than the bound, which somebody has approved. */
  badApproved?: boolean;
}

/**
 * Closes a run that read its stream to the end: counts the live rows in the tables, judges both balances and both
 * digests, and commits statement, evidence and the stream's new state in one fenced transaction.
 */
export async function closeRun(engine: Engine, open: OpenRun, outcome: Outcome): Promise<RunState> {
  const { run, lease } = open;
  return transact(
    engine,
    async (tx) => {
      await fence(tx, {
        lease,
        streamName: run.streamName,
        cursorTo: lease.cursor,
        nextN: lease.nextN,
        leaseSeconds: engine.leaseSeconds,
      });
      const fresh = (await readRun(tx, run.id))!;
      const store = await liveState(tx, lease.stream, run.id, open.entities);
      const sourceDigest = await sumPages(tx, run.id);
      const statement = {
        counts: fresh.counts,
        liveBefore: fresh.liveBefore ?? 0,
        liveAfter: store.live,
        sourceDigest,
        storeDigest: store.digest,
      };
      const verdict = judge(statement, run.mode === 'snapshotDiff' && outcome.state === 'SUCCEEDED');
      const end = verdict.balanced ? outcome : unbalanced(outcome, verdict);
      await endRun(tx, run.id, {
        ...end,
        error: end.params,
        liveAfter: store.live,
        sourceDigest,
        storeDigest: store.digest,
        balanced: verdict.balanced,
      });
      await settleStream(tx, open, fresh, end);
      await appendRunEnd(tx, run, {
        state: end.state,
        balanced: verdict.balanced,
        counts: fresh.counts,
        origin: end.origin,
        reason: end.code,
        statement: { liveBefore: statement.liveBefore, liveAfter: store.live, sourceDigest, storeDigest: store.digest },
      });
      await engine.afterStep?.('close');
      await releaseLease(tx, lease);
      return end.state;
    },
    { transactionTimeoutMs: 600_000 },
  );
}

async function sumPages(tx: Tx, run: number): Promise<Buffer> {
  const { rows } = await tx.query<{ digest: Buffer }>(`SELECT digest FROM control.run_page WHERE run = $1`, [run]);
  const sum = new LaneDigest();
  for (const row of rows) sum.merge(row.digest);
  return sum.bytes();
}

/** An unbalanced run is never green; a held one stays held. */
const unbalanced = (outcome: Outcome, verdict: Verdict): Outcome =>
  outcome.state === 'SUCCEEDED'
    ? {
        state: 'PARTIAL',
        origin: 'gateway',
        code: 'SYNC_UNBALANCED',
        params: { in: Number(verdict.inBalance), store: Number(verdict.storeBalance) },
      }
    : outcome;

async function settleStream(tx: Tx, open: OpenRun, run: RunRow, end: Outcome): Promise<void> {
  const { stream } = open.lease;
  if (end.hold && end.state === 'HELD')
    return recordHold(tx, { stream, run: run.id, adapterHash: run.adapterHash }, end.hold);
  if (end.state !== 'SUCCEEDED' || run.mode === 'replay' || run.mode === 'push') return;
  await resolveVanished(tx, { ...run, stream, run: run.id, entities: open.entities });
  await tx.query(
    `UPDATE control.stream SET complete_run = $2, as_of = $3, mapping_hash = $4, layout = coalesce($5, layout), always_fields = $6
     WHERE id = $1`,
    [stream, run.id, run.startedAt, run.adapterHash, open.layout, open.presence?.expected() ?? null],
  );
  await endHolds(tx, stream, end.badApproved ? run : null);
}
