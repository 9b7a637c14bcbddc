import { FatalError } from '../../platform/kernel/index.js';
import type { Tx } from '../../platform/database/index.js';
import { append } from '../../platform/ledger/index.js';
import type { Page } from '../adapter-kit/index.js';
import {
  encodeNumbers,
  quarantineRecords,
  sealIdentifiers,
  subjectOf,
  writePage,
  type PageEffect,
  type PagePlan,
  type SubjectKeys,
} from '../store/index.js';
import { differs, quarantine, type ClassifiedPage, type ScanMemory } from './classify-page.js';
import { transact, type Engine, type OpenRun } from './engine.js';
import { fence } from './lease.repository.js';
import { addCounts, stopOrder } from './sync-run.repository.js';

/** A page on its way: classified, its identifiers sealed. */
export interface PreparedPage {
  number: number;
  page: Pick<Page, 'last' | 'expectedTotal' | 'completedPeriods'> & { checkpoint: string | null };
  classified: ClassifiedPage;
  plan: PagePlan;
  nextN: number;
  /** What else commits with the page. */
  also?: (tx: Tx) => Promise<void>;
}

/** Ends a run on order: what was committed stays, the open page is dropped. */
export class StopOrderError extends FatalError {
  constructor(readonly order: 'CANCELLED' | 'STOPPED') {
    super(order === 'CANCELLED' ? 'SYNC_CANCELLED' : 'SYNC_SOURCE_STOPPED', { origin: 'gateway' });
  }
}

/** Seals the identifiers of a page's candidates; missing subject keys are made and committed first. */
export async function sealPage(
  open: OpenRun,
  classified: ClassifiedPage,
  subjectKeys: SubjectKeys,
  engine: Engine,
): Promise<void> {
  const { stream } = open.lease;
  const subjects: string[] = [];
  for (const candidate of classified.candidates)
    for (const record of candidate.records)
      if (record.identifiers.length) subjects.push(subjectOf(record.personKey, stream, candidate.key, record.part));
  if (subjects.length === 0) return;
  const keys = await subjectKeys.ensure(subjects);
  for (const { key, records } of classified.candidates)
    for (const record of records) sealIdentifiers(record, { stream, key, subjectKeys: keys }, engine.keyring);
}

/**
 * THE page transaction: fence, records, quarantine, counters, outbox and evidence row, then the control row once
 * more, then commit. Nothing of a page is visible unless all of it is.
 *
 * @throws LeaseLostError, StopOrderError, or the database's own error.
 */
export async function commitPage(engine: Engine, open: OpenRun, prepared: PreparedPage): Promise<PageEffect> {
  const { run, lease } = open;
  const effect = await transact(engine, async (tx) => {
    const step = async (name: string): Promise<void> => engine.afterStep?.(name);
    await fence(tx, {
      lease,
      streamName: run.streamName,
      cursorTo: prepared.page.checkpoint,
      nextN: prepared.nextN,
      leaseSeconds: engine.leaseSeconds,
    });
    await step('fence');
    const written = await writePage(tx, prepared.plan, { copyDirect: open.copyDirect, recordedAt: open.recordedAt });
    await quarantineDiffering(tx, engine, open, prepared, written);
    await step('records');
    await recordPage(tx, open, prepared, written);
    await prepared.also?.(tx);
    await step('statement');
    const order = await stopOrder(tx, lease.stream, run.id);
    if (order) throw new StopOrderError(order);
    await step('control');
    return written;
  });
  lease.cursor = prepared.page.checkpoint;
  lease.nextN = prepared.nextN;
  return effect;
}

/** Records whose key another record of this scan holds with other content: nobody can say which is right. */
async function quarantineDiffering(
  tx: Tx,
  engine: Engine,
  open: OpenRun,
  prepared: PreparedPage,
  effect: PageEffect,
): Promise<void> {
  if (effect.differing.length === 0) return;
  const differing = new Set(effect.differing);
  const { plan, classified } = prepared;
  const tools = { ...open, keyring: engine.keyring, stream: plan.stream, streamName: open.run.streamName };
  const quarantined = classified.candidates
    .filter((one) => differing.has(one.n))
    .map((one) => quarantine(tools, one.raw, one.key, differs(one.row), one.source));
  await quarantineRecords(tx, { ...plan, quarantined }, new Map());
}

/** What the page did, as counters of the run, bitmap of the scan, wake-up for the link room and evidence. */
async function recordPage(tx: Tx, open: OpenRun, prepared: PreparedPage, effect: PageEffect): Promise<void> {
  const { run, lease } = open;
  const { classified, page, plan } = prepared;
  const skipped = { ...classified.skipped };
  const alsoSkipped = (reason: string, times: number): void => {
    if (times) skipped[reason] = (skipped[reason] ?? 0) + times;
  };
  alsoSkipped('duplicate', effect.skippedDuplicate);
  alsoSkipped('already-deleted', effect.skippedAlreadyDeleted);
  const counts = {
    read: classified.read,
    created: effect.created,
    updated: effect.updated,
    unchanged: classified.unchanged + effect.unchanged,
    revived: effect.revived,
    deletedByMessage: effect.deletedByMessage,
    quarantined: plan.quarantined.length + effect.differing.length,
    skipped: Object.values(skipped).reduce((sum, times) => sum + times, 0),
  };
  for (const { raw } of effect.accepted) classified.digest.add(raw);
  const digest = classified.digest.bytes();
  const seen = [...classified.seenNumbers, ...effect.accepted.map((one) => one.n), ...effect.shadowed];
  await tx.query(
    `INSERT INTO control.run_page (run, page, epoch, cursor_from, cursor_to, read, seen, digest)
     SELECT $1, coalesce(max(page), 0) + 1, $2, $3, $4, $5, $6, $7 FROM control.run_page WHERE run = $1`,
    [run.id, lease.epoch, lease.cursor, page.checkpoint, classified.read, encodeNumbers(seen), digest],
  );
  await addCounts(tx, run.id, counts, skipped);
  if (page.last || page.expectedTotal !== undefined || page.completedPeriods?.length || classified.unreadableKeys) {
    await tx.query(
      `UPDATE control.sync_run SET scan_complete = scan_complete OR $2, expected_total = coalesce($3, expected_total),
         completed_periods = completed_periods || $4::text[], unreadable_keys = unreadable_keys + $5 WHERE id = $1`,
      [run.id, page.last, page.expectedTotal ?? null, page.completedPeriods ?? [], classified.unreadableKeys],
    );
  }
  await announce(tx, open, prepared.number, 'upsert', effect.changedKeys);
  await announce(tx, open, prepared.number, 'delete', effect.deletedKeys);
  await append(tx, {
    code: 'SYNC_PAGE_COMMITTED',
    actor: 'worker',
    source: run.source,
    stream: lease.stream,
    run: run.id,
    page: prepared.number,
    epoch: lease.epoch,
    ...counts,
    pageDigest: digest,
  });
  for (const name of Object.keys(counts) as (keyof typeof counts)[]) run.counts[name] += counts[name];
}

/** One outbox row a page and operation; the consumer re-reads the current state under the keys. */
export async function announce(
  tx: Tx,
  open: OpenRun,
  page: number,
  op: 'upsert' | 'delete',
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(`INSERT INTO control.change_outbox (stream, run, page, op, keys) VALUES ($1, $2, $3, $4, $5)`, [
    open.lease.stream,
    open.run.id,
    page,
    op,
    keys,
  ]);
}

/** After the commit: the process learns the numbers the rows finally have. */
export function remember(memory: ScanMemory, effect: PageEffect): void {
  for (const { raw, n } of effect.accepted) {
    memory.raws.add(raw, n, true);
    memory.seen.add(n);
    memory.rewritten.add(n);
  }
  for (const n of effect.shadowed) memory.seen.add(n);
}
