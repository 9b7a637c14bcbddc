import { Inject, Injectable } from '@nestjs/common';
import { HandlesJob, type JobContext, type JobHandler } from '../../platform/queue/index.js';
import type { LinkService } from '../../pipeline/link/index.js';

export const LINK = Symbol('link service');

/** Links whatever the change outbox holds. */
@Injectable()
@HandlesJob('link')
export class LinkJob implements JobHandler<'link'> {
  constructor(@Inject(LINK) private readonly link: LinkService) {}

  async handle(_data: Record<never, never>, job: JobContext): Promise<void> {
    await this.link.drain(job.signal);
  }
}
