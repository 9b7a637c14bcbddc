import { Inject, Injectable } from '@nestjs/common';
import { HandlesJob, JobQueue, type JobContext, type JobHandler } from '../../platform/queue/index.js';
import type { Engine } from './engine.js';
import { runStream } from './run-stream.js';
import { ENGINE } from './sync.tokens.js';

/** Carries one run on. What became of it stands in the run; the job itself never fails for a bad source. */
@Injectable()
@HandlesJob('sync-stream')
export class SyncJob implements JobHandler<'sync-stream'> {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(JobQueue) private readonly queue: JobQueue,
  ) {}

  async handle(data: { stream: number; run: number }, job: JobContext): Promise<void> {
    const wakeLink = (): Promise<void> => this.queue.enqueue('link', {}, { id: 'link' }).then(() => undefined);
    await runStream({ ...this.engine, onChange: wakeLink }, data.run, job.signal);
    await wakeLink();
  }
}
