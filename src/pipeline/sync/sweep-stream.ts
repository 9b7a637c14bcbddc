import { append } from '../../platform/ledger/index.js';
import { keysOfNumbers, sweepBatch } from '../store/index.js';
import type { ScanMemory } from './classify-page.js';
import { announce, StopOrderError } from './commit-page.js';
import { transact, wakeLink, type Engine, type OpenRun } from './engine.js';
import { fence } from './lease.repository.js';
import type { Hold } from './hold.js';
import { isApproved } from './hold.repository.js';
import { massDelete } from './statement.js';
import { addCounts, stopOrder } from './sync-run.repository.js';

const BATCH = 5000;

/**
 * After a complete scan: rows that were not met go (or get another scan of grace). In fenced batches in key order;
 * a killed sweep goes on after its last batch.
 *
 * @returns what holds the sweep back, or null when it is done.
 */
export async function sweepStream(engine: Engine, open: OpenRun, memory: ScanMemory): Promise<Hold | null> {
  const { run, lease } = open;
  const unseen: number[] = [];
  for (const n of new Set(memory.raws.numbers())) if (!memory.seen.has(n)) unseen.push(n);
  if (unseen.length === 0) return null;
  const candidates = await transact(
    engine,
    (tx) => keysOfNumbers(tx, lease.stream, open.entities, unseen, run.sweepAfter ?? ''),
    { transactionTimeoutMs: 600_000 },
  );
  const keys = run.mode === 'periodReplace' ? candidates.filter(inPeriods(run.completedPeriods)) : candidates;
  if (run.sweepAfter === null) {
    const hold = await doubtfulSweep(engine, open, unseen, keys);
    if (hold) return hold;
  }
  for (let from = 0; from < keys.length; from += BATCH) await sweepOne(engine, open, keys.slice(from, from + BATCH));
  return null;
}

/** A sweep that must not begin without approval: nothing was delivered at all, or too much of what is live is gone. */
async function doubtfulSweep(
  engine: Engine,
  open: OpenRun,
  unseen: readonly number[],
  keys: readonly string[],
): Promise<Hold | null> {
  const { run, lease } = open;
  const { read, created } = run.counts;
  const live = run.liveBefore ?? 0;
  const empty = read === 0 && keys.length > 0;
  if (!empty && !massDelete(live, keys.length)) return null;
  const hold: Hold = {
    code: empty ? 'SYNC_SNAPSHOT_EMPTY' : 'SYNC_MASS_DELETE',
    origin: 'source',
    params: { source: run.source, stream: run.streamName, doomed: keys.length, live, created },
    doomed: unseen,
  };
  return (await transact(engine, (tx) => isApproved(tx, lease.stream, run.adapterHash, hold))) ? null : hold;
}

/** `periodReplace`: only periods that were completely delivered are swept; the period is the key's first part. */
function inPeriods(periods: readonly string[]): (key: string) => boolean {
  const complete = new Set(periods.map((period) => period.replace(/[\\|]/g, '\\$&')));
  return (key) => complete.has(/^(?:\\.|[^|\\])*/.exec(key)![0]);
}

async function sweepOne(engine: Engine, open: OpenRun, keys: string[]): Promise<void> {
  const { run, lease } = open;
  const last = keys.at(-1)!;
  await transact(engine, async (tx) => {
    await fence(tx, {
      lease,
      streamName: run.streamName,
      cursorTo: lease.cursor,
      nextN: lease.nextN,
      leaseSeconds: engine.leaseSeconds,
    });
    const effect = await sweepBatch(
      tx,
      {
        stream: lease.stream,
        run: run.id,
        entities: open.entities,
        graceScans: run.graceScans,
        versioned: open.mapping.versioned,
      },
      keys,
    );
    await engine.afterStep?.('sweep');
    await addCounts(tx, run.id, { deletedByAbsence: effect.deleted });
    await tx.query(`UPDATE control.sync_run SET sweep_after = $2 WHERE id = $1`, [run.id, last]);
    await announce(tx, open, 0, 'delete', effect.deletedKeys);
    await append(tx, {
      code: 'SYNC_PAGE_COMMITTED',
      actor: 'worker',
      source: run.source,
      stream: lease.stream,
      run: run.id,
      page: 0,
      epoch: lease.epoch,
      read: 0,
      created: 0,
      updated: 0,
      unchanged: 0,
      revived: 0,
      deletedByMessage: 0,
      deletedByAbsence: effect.deleted,
      quarantined: 0,
      skipped: 0,
      pageDigest: Buffer.alloc(16),
    });
    const order = await stopOrder(tx, lease.stream, run.id);
    if (order) throw new StopOrderError(order);
    run.counts.deletedByAbsence += effect.deleted;
  });
  run.sweepAfter = last;
  await wakeLink(engine);
}
