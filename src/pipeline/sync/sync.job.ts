import { Inject, Injectable } from '@nestjs/common';
import { HandlesJob, JobQueue, type JobContext, type JobHandler } from '../../platform/queue/index.js';
import { wakeLink, type Engine } from './engine.js';
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
    const onChange = (): Promise<void> => this.queue.enqueue('link', {}, { id: 'link' }).then(() => undefined);
    const engine = { ...this.engine, onChange };
    await runStream(engine, data.run, job.signal);
    await wakeLink(engine);
  }
}
