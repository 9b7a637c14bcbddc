import { RetriableError } from '../kernel/index.js';
import type { JobSpec } from './jobs.js';

/**
 * How long to wait before the next try: full jitter (anything up to the doubled pause), so that jobs that failed
 * together do not come back together; never earlier than the other side asked for.
 *
 * @param attempt 1 after the first failure.
 * @returns ms.
 */
export function pauseBefore(
  spec: JobSpec,
  attempt: number,
  error: unknown,
  random: () => number = Math.random,
): number {
  const [first, longest] = spec.backoffMs;
  const jittered = Math.round(random() * Math.min(longest, first * 2 ** (attempt - 1)));
  const asked = error instanceof RetriableError ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(jittered, asked);
}
