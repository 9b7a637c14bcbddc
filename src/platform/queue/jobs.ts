/**
 * The jobs that rooms may ask of one another, by name → data. Data are ids only: what a job works on is read when it
 * runs, so a lost, doubled or late job does no harm. A new line here fails the start until a room handles it.
 */
export interface Jobs {
  /** Carry on run `run` of stream `stream`. */
  'sync-stream': { stream: number; run: number };
  /** Link and unify whatever the change outbox holds. */
  link: Record<never, never>;
  /** Ask a source whether it answers. */
  'check-source': { source: string };
}

export type JobName = keyof Jobs;

export interface JobSpec {
  /** How often a failed job is tried in all. Runs and sources keep their own count; these are for passing trouble. */
  attempts: number;
  /** First and longest pause between tries, in ms; the pause doubles, with full jitter. */
  backoffMs: readonly [first: number, longest: number];
  /** How many of these one process runs at once, unless the configuration says otherwise. */
  concurrency: number;
}

/*
 * Retention is the same for all and not a choice: a finished or failed job is removed at once, because a kept one
 * would silently block its id. What happened stands in the run, the source and the ledger.
 */
export const JOBS: { readonly [Name in JobName]: JobSpec } = {
  'sync-stream': { attempts: 5, backoffMs: [1_000, 60_000], concurrency: 2 },
  link: { attempts: 10, backoffMs: [500, 30_000], concurrency: 1 },
  'check-source': { attempts: 1, backoffMs: [0, 0], concurrency: 4 },
};

export const JOB_NAMES = Object.keys(JOBS) as JobName[];

export const isJobName = (text: string): text is JobName => Object.hasOwn(JOBS, text);
