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
  readonly #workers: BackendWorker[] = [];
  readonly #stopping = new AbortController();
  #running = 0;

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
      this.#workers.push(worker);
    }
    await Promise.all(this.#workers.map((worker) => worker.waitUntilReady()));
  }

  /** How many jobs this process is at. */
  get running(): number {
    return this.#running;
  }

  /** Takes no more jobs, asks those at work to stop, and leaves them behind after `graceMs`. */
  async stop(graceMs = 8_000): Promise<void> {
    this.#stopping.abort();
    const closing = Promise.all(this.#workers.map((worker) => worker.close()));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((done) => (timer = setTimeout(() => done('late'), graceMs)));
    if ((await Promise.race([closing, late])) === 'late') {
      closing.catch(() => undefined);
      await Promise.all(this.#workers.map((worker) => worker.close(true).catch(() => undefined)));
    }
    clearTimeout(timer);
    this.#workers.length = 0;
  }

  async #run(name: JobName, handler: JobHandler<JobName>, job: BackendJob): Promise<void> {
    this.#running += 1;
    const attempt = job.attemptsMade + 1;
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
    } finally {
      this.#running -= 1;
    }
  }
}
