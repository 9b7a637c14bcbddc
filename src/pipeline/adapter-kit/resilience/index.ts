export {
  admit,
  answered,
  BREAKER_RULES,
  closedBreaker,
  failed,
  givenAnotherChance,
  phaseOf,
  withdrawn,
  type BreakerPhase,
  type BreakerRules,
  type BreakerState,
} from './breaker.js';
export { CircuitBreaker, pausedError, type BreakerOptions } from './circuit-breaker.js';
export {
  enter,
  FAILED_PER_HOUR,
  openGate,
  reopened,
  settle,
  type GateState,
  type Grant,
  type RequestLimits,
  type RequestOutcome,
} from './gate-state.js';
export { judgeFailure, type FailureVerdict } from './judge-failure.js';
export { memoryGate, SharedGate, UNGUARDED, type GateStore, type RequestGate } from './request-gate.js';
export { requestLimits, requestRules, type RequestRules, type SourceLimits } from './request-rules.js';
export { LONGEST_RETRY_AFTER_MS, parseRetryAfter, retryDelayMs, RUN_RETRY, type RetryPolicy } from './retry-policy.js';
