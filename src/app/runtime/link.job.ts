import { Inject, Injectable } from '@nestjs/common';
import { HandlesJob, type JobContext, type JobHandler } from '../../platform/queue/index.js';
import type { LinkService } from '../../pipeline/link/index.js';
import type { UnifyService } from '../../pipeline/unify/index.js';

export const LINK = Symbol('link service');
export const UNIFY = Symbol('unify service');

/** Links whatever the change outbox holds, then makes the golden rows of what link touched. */
@Injectable()
@HandlesJob('link')
export class LinkJob implements JobHandler<'link'> {
  constructor(
    @Inject(LINK) private readonly link: LinkService,
    @Inject(UNIFY) private readonly unify: UnifyService,
  ) {}

  async handle(_data: Record<never, never>, job: JobContext): Promise<void> {
    await this.link.drain(job.signal);
    await this.unify.drain(job.signal);
  }
}
