/** The part of BullMQ's queue that is used, whatever lies below it. */
export interface BackendQueue {
  add(name: string, data: unknown, options: Record<string, unknown>): Promise<unknown>;
  getJobCounts(...states: ('waiting' | 'active' | 'delayed')[]): Promise<Record<string, number>>;
  waitUntilReady(): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** The part of BullMQ's worker that is used. */
export interface BackendWorker {
  waitUntilReady(): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** Fetches no more; `true`: without waiting for the jobs that run. */
  pause(doNotWait: boolean): Promise<void>;
  close(force?: boolean): Promise<void>;
}

/** A job as the worker hands it over. */
export interface BackendJob {
  id?: string | undefined;
  data: unknown;
  attemptsMade: number;
  deduplicationId?: string | undefined;
}

export interface WorkerTuning {
  concurrency: number;
  backoffStrategy: (attempt: number, type: string | undefined, error: Error | undefined) => number;
}

/** Where jobs are kept. BullMQ is known to the implementations of this and to nobody else. */
export interface Backend {
  readonly name: 'postgresql' | 'redis';
  queue(name: string): BackendQueue;
  worker(name: string, process: (job: BackendJob) => Promise<void>, tuning: WorkerTuning): BackendWorker;
  /**
   * What an error means for the store: `unrelated`; `remade`: it was gone, and stands again, empty; `stands`: it was
   * remade a moment ago, here or by another process, and the error is older than that.
   */
  heal(error: unknown): Promise<'unrelated' | 'stands' | 'remade'>;
  close(): Promise<void>;
}

/**
 * Times of a worker, in ms (`drainDelay` in s). A dead worker's job comes back after lock + stalled check, 25 s at most,
 * sooner than a stream's lease runs out; the lock outlives the longest block of the event loop (a page: well under 1 s).
 */
export const WORKER_TIMES = {
  lockDuration: 20_000,
  stalledInterval: 5_000,
  drainDelay: 5,
  runRetryDelay: 500,
} as const;
