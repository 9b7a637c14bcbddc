import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HandlesJob, JobQueue, type JobContext, type JobHandler } from '../../platform/queue/index.js';
import { wakeLink, type Engine } from './engine.js';
import { runStream } from './run-stream.js';
import { ENGINE } from './sync.tokens.js';

/**
 * Carries one run on. What became of it stands in the run; the job itself never fails for a bad source.
 *
 * The places for runs are few, and a source that lets us wait must not take one from the others: its job ends, and the
 * run goes on beside the queue under the lease it holds.
 */
@Injectable()
@HandlesJob('sync-stream')
export class SyncJob implements JobHandler<'sync-stream'>, OnModuleDestroy {
  readonly #waiting = new Set<Promise<unknown>>();
  readonly #stop = new AbortController();

  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(JobQueue) private readonly queue: JobQueue,
  ) {}

  async handle(data: { stream: number; run: number }, job: JobContext): Promise<void> {
    const onChange = (): Promise<void> => this.queue.enqueue('link', {}, { id: 'link' }).then(() => undefined);
    let leavePlace = (): void => undefined;
    const waiting = new Promise<void>((leave) => (leavePlace = leave));
    const engine = { ...this.engine, onChange, onWaiting: leavePlace };
    const signal = AbortSignal.any([job.signal, this.#stop.signal]);
    const run = runStream(engine, data.run, signal).then(() => wakeLink(engine));
    const kept = run.catch(() => undefined).finally(() => this.#waiting.delete(kept));
    this.#waiting.add(kept);
    await Promise.race([run, waiting]);
  }

  /** The runs that go on beside the queue hand back their streams. */
  async onModuleDestroy(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#waiting);
  }
}
