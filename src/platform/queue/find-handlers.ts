import type { JobHandler } from './handles-job.js';
import { isJobName, JOB_NAMES, type JobName } from './jobs.js';
import { handlerDoubleError, handlerMissingError, handlerUnknownError } from './queue.errors.js';

export type Handlers = ReadonlyMap<JobName, JobHandler<JobName>>;

/** A provider that carries the mark. */
export interface MarkedProvider {
  job: string;
  className: string;
  instance: unknown;
}

/**
 * One handler for each job of the catalogue.
 *
 * @throws ConfigurationError QUEUE_HANDLER_MISSING, QUEUE_HANDLER_DOUBLE, QUEUE_HANDLER_UNKNOWN.
 */
export function findHandlers(marked: readonly MarkedProvider[]): Handlers {
  const found = new Map<JobName, MarkedProvider>();
  for (const provider of marked) {
    if (!isJobName(provider.job)) throw handlerUnknownError(provider.job, provider.className);
    const other = found.get(provider.job);
    if (other) throw handlerDoubleError(provider.job, other.className, provider.className);
    found.set(provider.job, provider);
  }
  for (const name of JOB_NAMES) if (!found.has(name)) throw handlerMissingError(name);
  return new Map([...found].map(([name, provider]) => [name, provider.instance as JobHandler<JobName>]));
}
