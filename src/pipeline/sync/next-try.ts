import { RetriableError } from '../../platform/kernel/index.js';
import { retryDelayMs } from '../adapter-kit/index.js';

const MAX_ATTEMPTS = 6;
/** Progress earns a run new attempts, but not for ever: a source may go round in circles. */
const GENEROUS_MS = 3_600_000;
/** Whoever started a run by hand is told after this that the source is not to be had; a scheduled run waits for it. */
const GIVE_UP_MS = 60_000;

/** What decides whether and when a run is tried again. */
export interface TriedRun {
  /** Failed attempts without progress before this one. */
  attempts: number;
  requestedBy: string;
  /** Time since it was queued. */
  ageMs: number;
  /** Pages were committed in this attempt. */
  progressed: boolean;
}

/**
 * When a run that failed is tried again, and with how many attempts counted; null = it has failed for good.
 *
 * A pause of the source (open breaker, Retry-After, budget) is no failure of the run: it is put off until the pause is
 * over and nothing is counted.
 */
export function nextTry(
  run: TriedRun,
  error: unknown,
  passing: boolean,
  random: () => number = Math.random,
): { delayMs: number; attempts: number } | null {
  if (!passing) return null;
  const retryAfterMs = error instanceof RetriableError ? error.retryAfterMs : undefined;
  if (isPause(error)) {
    if (run.requestedBy !== 'schedule' && run.ageMs > GIVE_UP_MS) return null;
    // The others that wait for the same moment must not all come at once.
    return { delayMs: retryDelayMs({ attempts: 0, retryAfterMs }, random), attempts: run.attempts };
  }
  const before = run.progressed && run.ageMs < GENEROUS_MS ? 0 : run.attempts;
  if (before + 1 >= MAX_ATTEMPTS) return null;
  return { delayMs: retryDelayMs({ attempts: before, retryAfterMs }, random), attempts: before + 1 };
}

/** The source is left alone for now; `cause` is what made it so. */
export const isPause = (error: unknown): error is RetriableError =>
  error instanceof RetriableError && error.code === 'SOURCE_PAUSED';
