import type { Database } from '../../../platform/database/index.js';
import { type DeskOrder, orderReplay, settleItems } from '../../../pipeline/desk/index.js';
import { approveHold, cancelSync, startSync, type WakeWorker } from '../../../pipeline/sync/index.js';
import { runsById, type SyncRun } from './sync-runs.repository.js';

/** Starts and cancels runs; each order and its evidence commit together, before the answer is made. */
export interface SyncControl {
  /** @returns the open run of every stream of the source. */
  start(order: { source: string; actor: string; unit: string }): Promise<SyncRun[]>;
  /** @returns the run as it stands after the order. */
  cancel(order: { run: number; actor: string; unit: string; person: string; reason?: string }): Promise<SyncRun>;
  /** Queues replays of refused records. @returns their runs. */
  replay(order: DeskOrder & { source: string; ids?: string[]; reason?: string }): Promise<SyncRun[]>;
  /** Settles refused records. @returns how many. */
  resolve(order: DeskOrder & { ids: string[]; reason: string }): Promise<number>;
  /** @returns the held run with its decision; `hold.nextRun` goes on. */
  approve(order: { run: number; actor: string; unit: string; person: string; reason: string }): Promise<SyncRun>;
}

/** The control over this database; `wake` only makes a waiting worker look sooner. */
export function syncControl(database: Pick<Database, 'withContext'>, wake: WakeWorker = async () => {}): SyncControl {
  return {
    async start(order) {
      const { open, runs } = await database.withContext('app', { actor: order.actor }, async (tx) => {
        const started = await startSync(tx, order);
        return {
          open: started,
          runs: await runsById(
            tx,
            started.map(({ run }) => run),
          ),
        };
      });
      await Promise.allSettled(open.map(({ stream, run }) => wake(stream, run)));
      return runs;
    },
    async cancel(order) {
      return database.withContext('app', { actor: order.actor }, async (tx) => {
        await cancelSync(tx, order);
        return (await runsById(tx, [order.run]))[0]!;
      });
    },
    async replay(order) {
      const { open, runs } = await database.withContext('app', { actor: order.actor }, async (tx) => {
        const ordered = await orderReplay(tx, order);
        return {
          open: ordered,
          runs: await runsById(
            tx,
            ordered.map(({ run }) => run),
          ),
        };
      });
      await Promise.allSettled(open.map(({ stream, run }) => wake(stream, run)));
      return runs;
    },
    resolve: (order) => database.withContext('app', { actor: order.actor }, (tx) => settleItems(tx, order)),
    async approve(order) {
      const { next, held } = await database.withContext('app', { actor: order.actor }, async (tx) => ({
        next: await approveHold(tx, order),
        held: (await runsById(tx, [order.run]))[0]!,
      }));
      await Promise.allSettled([wake(next.stream, next.run)]);
      return held;
    },
  };
}

/** Nest token of the port. */
export const SYNC_CONTROL = Symbol('SYNC_CONTROL');
