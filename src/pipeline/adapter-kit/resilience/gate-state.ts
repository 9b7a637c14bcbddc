import {
  admit,
  answered,
  closedBreaker,
  failed,
  givenAnotherChance,
  phaseOf,
  withdrawn,
  type BreakerState,
} from './breaker.js';

/** How much a source may be asked. Undefined = no limit of that kind. */
export interface RequestLimits {
  perSecond?: number | undefined;
  perHour?: number | undefined;
}

/** Everything that decides whether the next request to a source may go out; shared by all who ask it. */
export interface GateState {
  breaker: BreakerState;
  /** The next request's earliest moment: the pace, and what Retry-After asked for. */
  nextAt: number;
  /** Begin of the hour that is being counted. */
  hourFrom: number;
  requests: number;
  failed: number;
}

export type RequestOutcome =
  | { kind: 'answered' }
  | { kind: 'nothing' }
  | { kind: 'failed'; code: string; atOnce: boolean; retryAfterMs?: number | undefined };

/** Requests granted together; the i-th (from 0) may go out at `firstAt + i · spacingMs`. */
export interface Grant {
  count: number;
  firstAt: number;
  spacingMs: number;
}

const HOUR_MS = 3_600_000;
/** Failed requests an hour beyond which a source is left alone until the hour is over. */
export const FAILED_PER_HOUR = 120;

export const openGate = (now: number): GateState => ({
  breaker: closedBreaker(),
  nextAt: 0,
  hourFrom: now,
  requests: 0,
  failed: 0,
});

/**
 * Asks for up to `want` requests. Only one at a time is granted while the source is not known to be well.
 * @returns the state after the grant, or how long to wait and why.
 */
export function enter(
  before: GateState,
  limits: RequestLimits,
  now: number,
  want: number,
): { state: GateState; grant: Grant } | { waitMs: number; cause: string | null } {
  const state = hourOf(before, now);
  const left = (limits.perHour ?? Infinity) - state.requests;
  if (left < 1) return { waitMs: state.hourFrom + HOUR_MS - now, cause: 'SOURCE_BUDGET' };
  const entry = admit(state.breaker, now);
  if ('waitMs' in entry) return { waitMs: entry.waitMs, cause: state.breaker.cause };
  const well = phaseOf(state.breaker, now) === 'CLOSED' && state.breaker.failures === 0;
  const count = Math.max(1, Math.min(well ? want : 1, Math.floor(left)));
  const spacingMs = limits.perSecond === undefined ? 0 : 1000 / limits.perSecond;
  const firstAt = Math.max(now, state.nextAt);
  return {
    state: {
      ...state,
      breaker: entry.state,
      nextAt: firstAt + count * spacingMs,
      requests: state.requests + count,
    },
    grant: { count, firstAt, spacingMs },
  };
}

/** What became of one request. Requests granted and not made are given back with `unused`. */
export function settle(
  before: GateState,
  outcome: RequestOutcome,
  now: number,
  random: () => number,
  unused = 0,
): GateState {
  const state = hourOf(before, now);
  state.requests = Math.max(0, state.requests - unused);
  switch (outcome.kind) {
    case 'answered':
      return { ...state, breaker: answered(state.breaker) };
    case 'nothing':
      return { ...state, breaker: withdrawn(state.breaker) };
    case 'failed': {
      const breaker = failed(state.breaker, now, outcome, random);
      const count = state.failed + 1;
      if (count >= FAILED_PER_HOUR) breaker.openUntil = Math.max(breaker.openUntil, state.hourFrom + HOUR_MS);
      return {
        ...state,
        breaker,
        failed: count,
        nextAt: Math.max(state.nextAt, now + (outcome.retryAfterMs ?? 0)),
      };
    }
  }
}

/** Somebody started the source by hand or changed its settings: it is asked again at once, within its budget. */
export const reopened = (state: GateState, now: number): GateState => ({
  ...hourOf(state, now),
  breaker: givenAnotherChance(state.breaker),
  nextAt: 0,
});

const hourOf = (state: GateState, now: number): GateState =>
  now - state.hourFrom < HOUR_MS ? { ...state } : { ...state, hourFrom: now, requests: 0, failed: 0 };
