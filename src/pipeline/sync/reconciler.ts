import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { JobQueue } from '../../platform/queue/index.js';
import { transact, type Engine } from './engine.js';
import { openPushRuns } from './push-runs.repository.js';
import { dueSources, startSync, waitingRuns } from './sync-control.js';
import { ENGINE } from './sync.tokens.js';

const LOOK_EVERY_MS = 1000;

/** A look-up service may cost money per call: it is checked this many times more rarely. */
const ON_DEMAND_RARER = 10;

/**
 * While the queue believes that a dead worker is at a job, it keeps every other of the same id back. Whoever died with
 * the lease must not hold up who comes after, so the wake-up after it has an id of its own.
 */
const wakeId = (stream: number, abandoned: string | null): string =>
  abandoned === null ? `stream-${stream}` : `stream-${stream}-after-${abandoned}`;

/** How often sources are asked whether they answer, in seconds. */
export const CHECK_SECONDS = Symbol('seconds between source checks');

/**
 * Finds work that nobody has been woken for: runs under a lease that ran out, schedules that are due, changes that
 * nobody links, sources not checked lately. The queue may lose everything; this brings it back.
 */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, OnModuleDestroy {
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(CHECK_SECONDS) private readonly checkSeconds: number,
  ) {}

  onApplicationBootstrap(): void {
    this.#schedule(0);
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  #schedule(ms: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.look()
        .catch(() => undefined)
        .finally(() => this.#schedule(LOOK_EVERY_MS));
    }, ms);
  }

  /** One look. Trouble with database or queue is no reason to stop looking. */
  async look(): Promise<void> {
    const found = await transact(this.engine, async (tx) => {
      for (const source of await dueSources(tx)) await startSync(tx, { source, actor: 'schedule' });
      await openPushRuns(tx);
      const changes = await tx.query(
        `(SELECT 1 FROM control.change_outbox LIMIT 1) UNION ALL (SELECT 1 FROM control.unify_outbox LIMIT 1)`,
      );
      const unchecked = await tx.query<{ id: string }>(
        `SELECT id FROM control.source WHERE removed_at IS NULL AND coalesce(checked_at, '-infinity') < clock_timestamp() - make_interval(secs => $1::float8 * CASE kind WHEN 'on-demand' THEN ${ON_DEMAND_RARER} ELSE 1 END)`,
        [this.checkSeconds],
      );
      return {
        runs: await waitingRuns(tx),
        changes: changes.rowCount > 0,
        unchecked: unchecked.rows.map((row) => row.id),
      };
    });
    for (const { stream, run, abandoned } of found.runs)
      await this.queue.enqueue('sync-stream', { stream, run }, { id: wakeId(stream, abandoned) });
    if (found.changes) await this.queue.enqueue('link', {}, { id: 'link' });
    for (const source of found.unchecked)
      await this.queue.enqueue('check-source', { source }, { id: `check-${source}` });
  }
}
