import type { Backend, BackendQueue } from './backend.js';
import { JOB_NAMES, JOBS, type JobName, type Jobs } from './jobs.js';
import { openPostgresBackend } from './postgres-backend.js';
import { jobDataError, jobIdError } from './queue.errors.js';
import { openRedisBackend } from './redis-backend.js';

/** Where jobs are kept. */
export type QueueLocation = { postgresUrl: string } | { redisUrl: string };

/** What the queue has to say; given on to the log. Never job data. */
export interface QueueReport {
  /** The store of the queue was lost and made anew; jobs in it are gone, whoever reconciles will ask again. */
  healed?(): void;
  /** Trouble below the queue; it goes on by itself. */
  trouble?(error: Error): void;
  /** A job failed; `final` when it will not be tried again. */
  failed?(job: JobName, error: unknown, final: boolean): void;
}

export interface EnqueueOptions {
  /**
   * The business key (`run-12`), ≤ 100 characters without colon or white space. While a job with this id waits,
   * another is not added; while one runs, exactly one more is kept and started after it: no wake-up is lost.
   */
  id: string;
  /** Not before this many ms from now. */
  delayMs?: number;
}

const ID = /^[^\s:]{1,100}$/;
const DATA_TEXT = /^[\w.-]{1,64}$/;

/**
 * Asks for work to be done somewhere, at least once. It is a wake-up call, not a record: whoever enqueues has committed
 * the reason first, and a reconciler asks again for what was lost.
 */
export class JobQueue {
  readonly #queues = new Map<JobName, BackendQueue>();
  #closed = false;

  private constructor(
    /** For the runner of this room. */
    readonly backend: Backend,
    private readonly report: QueueReport,
  ) {}

  /** @throws RetriableError QUEUE_UNREACHABLE. */
  static async open(location: QueueLocation, report: QueueReport = {}): Promise<JobQueue> {
    const backend =
      'redisUrl' in location
        ? await openRedisBackend(location.redisUrl)
        : await openPostgresBackend(location.postgresUrl);
    const queue = new JobQueue(backend, report);
    await Promise.all(JOB_NAMES.map((name) => queue.#of(name).waitUntilReady()));
    return queue;
  }

  /** @throws UsageError QUEUE_JOB_ID, QUEUE_JOB_DATA: data are ids only. */
  async enqueue<Name extends JobName>(
    name: Name,
    data: Jobs[Name],
    { id, delayMs = 0 }: EnqueueOptions,
  ): Promise<void> {
    if (!ID.test(id)) throw jobIdError(name);
    if (!Object.values(data).every(isId)) throw jobDataError(name);
    const options = {
      deduplication: { id, keepLastIfActive: true },
      attempts: JOBS[name].attempts,
      backoff: { type: 'custom' },
      removeOnComplete: true,
      removeOnFail: true,
      ...(delayMs > 0 ? { delay: delayMs } : {}),
    };
    try {
      await this.#of(name).add(name, data, options);
    } catch (error) {
      if (!(await this.heal(error))) throw error;
      await this.#of(name).add(name, data, options);
    }
  }

  /** How many jobs of each name wait, run or are put off. */
  async depths(): Promise<Record<JobName, { waiting: number; active: number; delayed: number }>> {
    const entries = JOB_NAMES.map(async (name) => {
      const counts = await this.#of(name).getJobCounts('waiting', 'active', 'delayed');
      return [
        name,
        { waiting: counts['waiting'] ?? 0, active: counts['active'] ?? 0, delayed: counts['delayed'] ?? 0 },
      ];
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  /** @returns true when the error came from the loss of the queue's store, and the store stands again. */
  async heal(error: unknown): Promise<boolean> {
    if (this.#closed) return false;
    const outcome = await this.backend.heal(error);
    if (outcome === 'remade') this.report.healed?.();
    return outcome !== 'unrelated';
  }

  /** For errors that arrive as events: heals, and tells of what cannot be healed. */
  attend(error: Error): void {
    if (this.#closed) return;
    this.heal(error).then(
      (healed) => healed || this.report.trouble?.(error),
      (failure: unknown) => this.report.trouble?.(failure as Error),
    );
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
    await this.backend.close();
  }

  #of(name: JobName): BackendQueue {
    let queue = this.#queues.get(name);
    if (!queue) {
      queue = this.backend.queue(name);
      queue.on('error', (error) => this.attend(error));
      this.#queues.set(name, queue);
    }
    return queue;
  }
}

const isId = (value: unknown): boolean =>
  typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && DATA_TEXT.test(value);
