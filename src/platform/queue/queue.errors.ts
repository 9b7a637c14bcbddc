import { ConfigurationError, IsthmusError, RetriableError, UsageError } from '../kernel/index.js';

export const handlerMissingError = (job: string): ConfigurationError =>
  new ConfigurationError('QUEUE_HANDLER_MISSING', { params: { job } });

export const handlerDoubleError = (job: string, first: string, second: string): ConfigurationError =>
  new ConfigurationError('QUEUE_HANDLER_DOUBLE', { params: { job, first, second } });

export const handlerUnknownError = (job: string, handler: string): ConfigurationError =>
  new ConfigurationError('QUEUE_HANDLER_UNKNOWN', { params: { job, handler } });

export const jobIdError = (job: string): UsageError => new UsageError('QUEUE_JOB_ID', { params: { job } });

export const jobDataError = (job: string): UsageError => new UsageError('QUEUE_JOB_DATA', { params: { job } });

export const unreachableError = (backend: string, cause: unknown): RetriableError =>
  new RetriableError('QUEUE_UNREACHABLE', { params: { backend }, cause });

/** A code for what went wrong; texts of foreign errors may quote data and are never stored. */
export const codeOf = (error: unknown): string => (error instanceof IsthmusError ? error.code : 'INTERNAL');

/** Whether the same job may succeed later: passing trouble, and anything we did not foresee. */
export const isWorthRetrying = (error: unknown): boolean =>
  error instanceof RetriableError || !(error instanceof IsthmusError);
