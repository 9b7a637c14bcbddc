import { UnrecoverableError } from 'bullmq';
import type { BackendJob, BackendWorker } from './backend.js';
import { pauseBefore } from './backoff.js';
import type { Handlers } from './find-handlers.js';
import type { JobHandler } from './handles-job.js';
import type { JobQueue, QueueReport } from './job-queue.js';
import { JOBS, type JobName, type Jobs } from './jobs.js';
import { codeOf, isWorthRetrying } from './queue.errors.js';

/** What BullMQ is told of a failure: the code, since texts and stacks of errors may quote data and would be stored. */
class JobFailed extends Error {
  constructor(readonly reason: unknown) {
    super(codeOf(reason));
    this.stack = '';
  }
}

/** Takes jobs and gives them to their handlers until it is stopped. */
export class JobRunner {
  readonly #workers = new Map<JobName, BackendWorker>();
  readonly #stopping = new AbortController();
  readonly #running = new Map<Promise<void>, JobName>();

  constructor(
    private readonly queue: JobQueue,
    private readonly report: QueueReport = {},
  ) {}

  async start(handlers: Handlers, concurrency: Partial<Record<JobName, number>> = {}): Promise<void> {
    for (const [name, handler] of handlers) {
      const worker = this.queue.backend.worker(name, (job) => this.#run(name, handler, job), {
        concurrency: concurrency[name] ?? JOBS[name].concurrency,
        backoffStrategy: (attempt, _type, error) =>
          pauseBefore(JOBS[name], attempt, error instanceof JobFailed ? error.reason : error),
      });
      worker.on('error', (error) => this.queue.attend(error));
      this.#workers.set(name, worker);
    }
    await Promise.all([...this.#workers.values()].map((worker) => worker.waitUntilReady()));
  }

  /** How many jobs this process is at. */
  get running(): number {
    return this.#running.size;
  }

  /** Takes no more jobs, asks those at work to stop, and leaves them behind after `graceMs`. */
  async stop(graceMs = 8_000): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#workers.values()].map((worker) => worker.pause(true)));
    const deadline = Date.now() + graceMs;
    while (this.#running.size > 0 && Date.now() < deadline)
      await within(deadline - Date.now(), Promise.allSettled(this.#running.keys()));
    // BullMQ's close waits for running jobs unless forced, and a second, forced call cannot hasten a first one.
    const deaf = new Set(this.#running.values());
    await within(2_000, Promise.all([...this.#workers].map(([name, worker]) => worker.close(deaf.has(name)))));
    this.#workers.clear();
  }

  #run(name: JobName, handler: JobHandler<JobName>, job: BackendJob): Promise<void> {
    const work = this.#handle(name, handler, job);
    this.#running.set(work, name);
    const end = (): void => void this.#running.delete(work);
    work.then(end, end);
    return work;
  }

  async #handle(name: JobName, handler: JobHandler<JobName>, job: BackendJob): Promise<void> {
    const attempt = job.attemptsMade + 1;
    // Fetched while stopping: somebody else may have it.
    if (this.#stopping.signal.aborted) throw new JobFailed(undefined);
    try {
      await handler.handle(job.data as Jobs[JobName], {
        id: job.deduplicationId ?? job.id ?? '',
        attempt,
        signal: this.#stopping.signal,
      });
    } catch (error) {
      const final = !isWorthRetrying(error) || attempt >= JOBS[name].attempts;
      this.report.failed?.(name, error, final);
      if (isWorthRetrying(error)) throw new JobFailed(error);
      const refused = new UnrecoverableError(codeOf(error));
      refused.stack = '';
      throw refused;
    }
  }
}

/** Waits for the promise, but no longer than `ms`. */
async function within(ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => (timer = setTimeout(done, ms)));
  await Promise.race([promise.catch(() => undefined), late]);
  clearTimeout(timer);
}
