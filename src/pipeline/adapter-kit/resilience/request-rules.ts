import type { RequestLimits } from './gate-state.js';
import { UNGUARDED, type RequestGate } from './request-gate.js';

/** What a source system can bear: `limits` of a manifest. */
export interface SourceLimits {
  pageSize?: number;
  rowCap?: number;
  requestsPerSecond?: number;
  requestsPerHour?: number;
  /** Seconds without a byte, and seconds for a whole answer, after which a request is given up. */
  idleSeconds?: number;
  requestSeconds?: number;
  answerMegabytes?: number;
}

/** What every request of a connection obeys. */
export interface RequestRules {
  gate: RequestGate;
  /** No byte for so long: the connection is taken for dead (half-open). */
  idleMs: number;
  /** The whole answer must be here by then, however steadily it drips. */
  totalMs: number;
  largestBody: number;
  /** A list this long is cut off at the source. */
  rowCap: number | undefined;
}

const IDLE_SECONDS = 30;
const TOTAL_SECONDS = 60;
const LARGEST_MEGABYTES = 64;

/** The rules of a manifest's `limits`, with their defaults. */
export function requestRules(
  { limits = {} }: { limits?: SourceLimits },
  gate: RequestGate = UNGUARDED,
  defaults: { totalSeconds?: number } = {},
): RequestRules {
  const totalMs = (limits.requestSeconds ?? defaults.totalSeconds ?? TOTAL_SECONDS) * 1000;
  return {
    gate,
    idleMs: Math.min(totalMs, (limits.idleSeconds ?? IDLE_SECONDS) * 1000),
    totalMs,
    largestBody: (limits.answerMegabytes ?? LARGEST_MEGABYTES) << 20,
    rowCap: limits.rowCap,
  };
}

/** How often a manifest lets its system be asked. */
export const requestLimits = ({ limits }: { limits?: SourceLimits }): RequestLimits => ({
  perSecond: limits?.requestsPerSecond,
  perHour: limits?.requestsPerHour,
});
