import { DiscoveryService } from '@nestjs/core';
import type { JobName, Jobs } from './jobs.js';

/** What a handler knows of the job besides its data. */
export interface JobContext {
  /** The id it was enqueued with. */
  id: string;
  /** 1 for the first try. */
  attempt: number;
  /** Fires when the process is to stop: finish the step at hand and return; whoever reconciles will ask again. */
  signal: AbortSignal;
}

/**
 * Does one kind of job. A job may run twice, or at the same time as its double: handlers rest on leases and fences in
 * the database, never on the queue. A thrown RetriableError, or an error that is not ours, is tried again.
 */
export interface JobHandler<Name extends JobName> {
  handle(data: Jobs[Name], job: JobContext): Promise<void>;
}

/** The metadata of `@HandlesJob`; only the discovery reads it. */
export const JobMark = DiscoveryService.createDecorator<string>();

/** Marks the one provider that handles a job. A class that does not fit the job does not compile. */
export const HandlesJob =
  <Name extends JobName>(name: Name) =>
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a class with any constructor
  <Class extends new (...args: any[]) => JobHandler<Name>>(target: Class): Class | void => {
    JobMark(name)(target);
  };
