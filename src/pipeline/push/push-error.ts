import { UsageError } from '../../platform/kernel/index.js';

export const unsigned = (): UsageError => new UsageError('PUSH_SIGNATURE', { origin: 'source' });
/** `problem` names members and rules, never a value that was sent. */
export const badEvent = (problem: string): UsageError =>
  new UsageError('PUSH_EVENT', { origin: 'source', params: { problem } });

/** @throws UsageError PUSH_TIMESTAMP when a signed time lies too far from ours. */
export function checkWindow(at: Date, rules: { windowSeconds: number; now: Date }): void {
  const seconds = Math.round(Math.abs(at.getTime() - rules.now.getTime()) / 1000);
  if (!(seconds <= rules.windowSeconds))
    throw new UsageError('PUSH_TIMESTAMP', { origin: 'source', params: { limit: rules.windowSeconds } });
}
