import { RetriableError } from '../../../platform/kernel/index.js';
import {
  admit,
  answered,
  BREAKER_RULES,
  closedBreaker,
  failed,
  phaseOf,
  withdrawn,
  type BreakerPhase,
  type BreakerRules,
} from './breaker.js';
import { judgeFailure } from './judge-failure.js';

/** What a breaker needs from outside; all injectable for tests. */
export interface BreakerOptions extends Partial<BreakerRules> {
  now?: () => number;
  random?: () => number;
}

/**
 * A breaker in this process's memory, for requests made while somebody waits (look-ups). Replicating runs share theirs
 * through the database, because several workers read one source.
 */
export class CircuitBreaker {
  #state = closedBreaker();
  readonly #rules: BreakerRules;
  readonly #now: () => number;
  readonly #random: () => number;

  constructor(
    private readonly source: string,
    { now = Date.now, random = Math.random, ...rules }: BreakerOptions = {},
  ) {
    this.#rules = { ...BREAKER_RULES, ...rules };
    this.#now = now;
    this.#random = random;
  }

  get phase(): BreakerPhase {
    return phaseOf(this.#state, this.#now());
  }

  get cause(): string | null {
    return this.#state.cause;
  }

  /**
   * Does the work unless the breaker is open, and learns from how it ends.
   * @throws RetriableError SOURCE_PAUSED with `retryAfterMs`, or the work's own error.
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const entry = admit(this.#state, this.#now(), this.#rules);
    if ('waitMs' in entry) throw pausedError(this.source, this.#state.cause, entry.waitMs);
    this.#state = entry.state;
    try {
      const result = await work();
      this.#state = answered(this.#state);
      return result;
    } catch (error) {
      const verdict = judgeFailure(error);
      if (verdict.kind === 'failed') this.#state = failed(this.#state, this.#now(), verdict, this.#random, this.#rules);
      else this.#state = verdict.kind === 'answered' ? answered(this.#state) : withdrawn(this.#state);
      throw error;
    }
  }
}

/** No request goes to the source now; `cause` is the code of what made it so. */
export const pausedError = (source: string, cause: string | null, retryAfterMs: number): RetriableError =>
  new RetriableError('SOURCE_PAUSED', {
    origin: 'source',
    where: { source },
    params: { cause: cause ?? 'SOURCE_PAUSED', seconds: Math.ceil(retryAfterMs / 1000) },
    retryAfterMs,
  });
