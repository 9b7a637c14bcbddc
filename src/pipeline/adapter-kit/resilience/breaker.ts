/** CLOSED: requests go out. OPEN: none does. HALF_OPEN: one at a time, to see whether the source is back. */
export type BreakerPhase = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** A breaker as data; moments are milliseconds of whatever clock the caller uses throughout. */
export interface BreakerState {
  /** Failures in a row. */
  failures: number;
  /** Times it opened in a row: the wait doubles with each. */
  opens: number;
  /** No request before this; 0 = closed. */
  openUntil: number;
  /** A probe is under way until its answer or this moment. */
  probeUntil: number;
  /** Code of the failure that opened it. */
  cause: string | null;
}

export interface BreakerRules {
  /** Failures in a row that open it. */
  threshold: number;
  baseMs: number;
  capMs: number;
  /** A probe whose process died is forgotten after this. */
  probeMs: number;
}

export const BREAKER_RULES: BreakerRules = { threshold: 5, baseMs: 2_000, capMs: 60_000, probeMs: 90_000 };

export const closedBreaker = (): BreakerState => ({ failures: 0, opens: 0, openUntil: 0, probeUntil: 0, cause: null });

export function phaseOf(state: BreakerState, now: number): BreakerPhase {
  if (state.openUntil === 0) return 'CLOSED';
  return now < state.openUntil ? 'OPEN' : 'HALF_OPEN';
}

/**
 * May a request go out?
 * @returns the state after it was let through, or how long to wait.
 */
export function admit(
  state: BreakerState,
  now: number,
  rules: BreakerRules = BREAKER_RULES,
): { state: BreakerState } | { waitMs: number } {
  switch (phaseOf(state, now)) {
    case 'CLOSED':
      return { state };
    case 'OPEN':
      return { waitMs: state.openUntil - now };
    case 'HALF_OPEN':
      // Whoever waits for another's probe looks again soon: its answer comes long before its deadline.
      if (now < state.probeUntil) return { waitMs: Math.min(1_000, state.probeUntil - now) };
      return { state: { ...state, probeUntil: now + rules.probeMs } };
  }
}

/** The source answered, whatever the answer was worth. */
export const answered = (state: BreakerState): BreakerState =>
  state.failures === 0 && state.openUntil === 0 ? state : closedBreaker();

/** A request that ended without anybody's fault (the run was stopped): a probe is given back. */
export const withdrawn = (state: BreakerState): BreakerState => ({ ...state, probeUntil: 0 });

/**
 * The source did not answer, or refused us. Opens after `threshold` in a row, at once after a failed probe and for a
 * refused credential (`atOnce`: more tries would lock the account). The wait doubles with jitter in its upper half, so
 * that a dead source is never asked more often than the doubling allows.
 */
export function failed(
  state: BreakerState,
  now: number,
  failure: { code: string; atOnce?: boolean },
  random: () => number,
  rules: BreakerRules = BREAKER_RULES,
): BreakerState {
  const failures = state.failures + 1;
  const phase = phaseOf(state, now);
  // A request that was under way when the breaker opened says nothing new.
  if (phase === 'OPEN') return { ...state, failures };
  if (phase === 'CLOSED' && failures < rules.threshold && !failure.atOnce)
    return { ...state, failures, cause: failure.code };
  const ceiling = failure.atOnce
    ? rules.capMs * 5
    : Math.min(rules.capMs, rules.baseMs * 2 ** Math.min(state.opens, 30));
  return {
    failures,
    opens: state.opens + 1,
    openUntil: Math.ceil(now + ceiling * (0.5 + random() / 2)),
    probeUntil: 0,
    cause: failure.code,
  };
}

/** Somebody says that the cause is gone: one failure more opens it again, and until then requests go out. */
export const givenAnotherChance = (state: BreakerState, rules: BreakerRules = BREAKER_RULES): BreakerState =>
  state.openUntil === 0 ? state : { ...closedBreaker(), failures: rules.threshold - 1, cause: state.cause };
