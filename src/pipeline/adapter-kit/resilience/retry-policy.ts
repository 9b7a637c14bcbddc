/** How long to wait between tries. */
export interface RetryPolicy {
  baseMs: number;
  capMs: number;
}

export const RUN_RETRY: RetryPolicy = { baseMs: 1_000, capMs: 60_000 };

/** The longest that a source's Retry-After is believed: a wrong clock there must not stop us for years. */
export const LONGEST_RETRY_AFTER_MS = 6 * 3_600_000;

/**
 * The wait before the next try: exponential with full jitter, capped; what the source asked for (Retry-After) is the
 * floor and is never cut by the jitter.
 *
 * @param attempts failed tries so far without progress, from 0.
 * @param random in [0, 1).
 */
export function retryDelayMs(
  { attempts, retryAfterMs = 0 }: { attempts: number; retryAfterMs?: number | undefined },
  random: () => number,
  policy: RetryPolicy = RUN_RETRY,
): number {
  const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** Math.max(0, Math.min(attempts, 30)));
  return Math.round(Math.min(Math.max(0, retryAfterMs), LONGEST_RETRY_AFTER_MS) + random() * ceiling);
}

/**
 * A Retry-After header (RFC 9110 §10.2.3: seconds, or an HTTP date) as milliseconds from `now`.
 * @returns undefined for none and for nonsense; 0 for a moment that is past.
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d{1,8}$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_RETRY_AFTER_MS);
  // Only the three HTTP date forms begin with a weekday; Date.parse would also read "5" or "2026".
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  const at = Date.parse(/GMT$/.test(text) ? text : `${text} GMT`);
  return Number.isNaN(at) ? undefined : Math.min(Math.max(0, at - now), LONGEST_RETRY_AFTER_MS);
}
