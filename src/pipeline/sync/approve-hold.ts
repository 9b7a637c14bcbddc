import { hidesCitizenId, UsageError } from '../../platform/kernel/index.js';
import type { Tx } from '../../platform/database/index.js';
import { append } from '../../platform/ledger/index.js';
import { decodeNumbers } from '../store/index.js';
import { covers } from './hold.js';
import { decideHold, holdOfRun, latestHold, type Decision, type HoldRow } from './hold.repository.js';
import { openRuns } from './sync-run.repository.js';

const REASON_LIMIT = 200;

/**
 * A reason that a person gives: it says something, is of bearable length, and names nobody.
 * @throws UsageError REASON_NEEDED.
 */
export function checkedReason(text: string): string {
  const reason = text.trim();
  if (reason === '' || reason.length > REASON_LIMIT || hidesCitizenId(reason) || !reason.isWellFormed())
    throw new UsageError('REASON_NEEDED', { params: { limit: REASON_LIMIT } });
  return reason;
}

/**
 * Approves what a held run showed, and queues the run that goes on. The approval allows exactly that: a later run
 * that would delete another row, lacks another column or has more bad records is held again.
 *
 * @throws UsageError HOLD_UNKNOWN, HOLD_DECIDED, HOLD_OUTDATED, REASON_NEEDED.
 * @returns the stream and its open run.
 */
export async function approveHold(tx: Tx, order: Decision & { run: number }): Promise<{ stream: number; run: number }> {
  const reason = checkedReason(order.reason);
  const hold = await openHold(tx, order.run);
  await refuseOutdated(tx, hold);
  const [open] = (await openRuns(tx, hold.source, order.actor)).filter((one) => one.stream === hold.stream);
  await decideHold(tx, hold.id, 'APPROVED', { ...order, reason }, open?.run ?? null);
  await append(tx, { code: 'SYNC_RELEASED', ...evidenceOf(order, hold), statement: reason });
  return { stream: hold.stream, run: open!.run };
}

/** Refuses what a held run showed: the run ends CANCELLED, nothing is deleted, the next run is judged anew. */
export async function refuseHold(tx: Tx, order: Decision & { run: number }): Promise<void> {
  const hold = await openHold(tx, order.run);
  await decideHold(tx, hold.id, 'REFUSED', order, null);
  await tx.query(`UPDATE control.sync_run SET state = 'CANCELLED' WHERE id = $1 AND state = 'HELD'`, [order.run]);
  await append(tx, {
    code: 'SYNC_HOLD_REFUSED',
    ...evidenceOf(order, hold),
    ...(order.reason ? { statement: order.reason } : {}),
  });
}

async function openHold(tx: Tx, run: number): Promise<HoldRow> {
  const hold = await holdOfRun(tx, run);
  if (!hold) throw new UsageError('HOLD_UNKNOWN', { params: { run } });
  if (hold.decision !== null || hold.ended) throw new UsageError('HOLD_DECIDED', { params: { run } });
  return hold;
}

/** What was shown must still be what is at stake. */
async function refuseOutdated(tx: Tx, hold: HoldRow): Promise<void> {
  const latest = (await latestHold(tx, hold.stream))!;
  const same =
    hold.currentHash === hold.adapterHash &&
    (latest.id === hold.id ||
      covers(
        hold,
        {
          ...latest,
          origin: 'source',
          doomed: latest.doomed ? decodeNumbers(latest.doomed) : [],
        },
        latest.adapterHash,
      ));
  if (!same) throw new UsageError('HOLD_OUTDATED', { params: { run: hold.run, latest: latest.run } });
}

const evidenceOf = (order: Decision, hold: HoldRow) => ({
  actor: order.actor,
  unit: order.unit,
  person: order.person,
  source: hold.source,
  stream: hold.stream,
  run: hold.run,
  reason: hold.code,
});
