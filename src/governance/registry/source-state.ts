/** How a source stands; `OK` is the only state whose values count as fresh. */
export type SourceState = 'OK' | 'STALE' | 'DOWN' | 'HELD' | 'SUSPENDED' | 'NEVER_SYNCED';

/** What is known of one stream of a source. */
export interface StreamFacts {
  stream: number;
  name: string;
  entity: string;
  /** Start of the last good run. */
  asOf: Date | null;
  held: boolean;
  /** The last run that ended. */
  lastState: string | null;
  lastOrigin: string | null;
}

/** What is known of one source. */
export interface SourceFacts {
  id: string;
  domain: string;
  suspended: boolean;
  /** Result of the last check: null = never checked. */
  checkOk: boolean | null;
  scheduleSeconds: number | null;
  streams: StreamFacts[];
}

/** A scheduled source is late when it missed two turns and a minute of grace. */
const lateAfterMs = (scheduleSeconds: number): number => (2 * scheduleSeconds + 60) * 1_000;

/** When everything the source serves is at least as new as this: the oldest of its streams; null while one never synced. */
export function sourceAsOf({ streams }: SourceFacts): Date | null {
  let oldest: Date | null = null;
  for (const { asOf } of streams) {
    if (!asOf) return null;
    if (!oldest || asOf < oldest) oldest = asOf;
  }
  return oldest;
}

/**
 * The state of a source from facts alone: a replicated source is down when its last check failed or
 * its last run failed at the source; a failure on our side or a missed schedule only makes it stale.
 */
export function sourceState(facts: SourceFacts, now: Date): SourceState {
  const { streams } = facts;
  if (facts.suspended) return 'SUSPENDED';
  if (streams.some(({ held, lastState }) => held || lastState === 'HELD')) return 'HELD';
  const failed = streams.filter(({ lastState }) => lastState === 'FAILED');
  if (facts.checkOk === false || failed.some(({ lastOrigin }) => lastOrigin === 'source')) return 'DOWN';
  // A run that ended PARTIAL has stored records, though none of its scans was good enough to date them.
  if (streams.every(({ asOf, lastState }) => asOf === null && lastState !== 'PARTIAL')) return 'NEVER_SYNCED';
  const asOf = sourceAsOf(facts);
  if (failed.length > 0 || asOf === null) return 'STALE';
  const late = facts.scheduleSeconds !== null && now.getTime() - asOf.getTime() > lateAfterMs(facts.scheduleSeconds);
  return late ? 'STALE' : 'OK';
}
