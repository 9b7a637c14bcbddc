import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FatalError, RetriableError } from '../../platform/kernel/index.js';
import { pausedError } from '../adapter-kit/index.js';
import { nextTry, type TriedRun } from './next-try.js';

const run = (more: Partial<TriedRun> = {}): TriedRun => ({
  attempts: 0,
  requestedBy: 'somebody',
  ageMs: 0,
  progressed: false,
  ...more,
});
const down = new RetriableError('CONNECTOR_UNREACHABLE', { origin: 'source' });
const half = (): number => 0.5;

describe('the next try of a run', () => {
  it('comes later each time, and not at all after six failures without progress', () => {
    expect([0, 1, 2, 3, 4].map((attempts) => nextTry(run({ attempts }), down, true, half)!.delayMs)).toEqual([
      500, 1000, 2000, 4000, 8000,
    ]);
    expect(nextTry(run({ attempts: 5 }), down, true, half)).toBeNull();
    expect(nextTry(run({ attempts: 5, progressed: true }), down, true, half)).toEqual({ delayMs: 500, attempts: 1 });
    expect(nextTry(run({ attempts: 5, progressed: true, ageMs: 4_000_000 }), down, true, half)).toBeNull();
  });

  it('never comes before the source allows, nor for what no waiting mends', () => {
    const busy = new RetriableError('CONNECTOR_BUSY', { retryAfterMs: 120_000 });
    fc.assert(
      fc.property(fc.nat(4), fc.double({ min: 0, max: 0.9999, noNaN: true }), (attempts, r) => {
        expect(nextTry(run({ attempts }), busy, true, () => r)!.delayMs).toBeGreaterThanOrEqual(120_000);
      }),
      { seed: 20261101 },
    );
    expect(nextTry(run(), new FatalError('CONNECTOR_BODY'), false)).toBeNull();
  });

  it('is put off while the source is paused, uncounted: for ever when scheduled, a minute when somebody waits', () => {
    const paused = pausedError('s', 'CONNECTOR_UNREACHABLE', 30_000);
    expect(nextTry(run({ requestedBy: 'schedule', attempts: 5, ageMs: 9e9 }), paused, true, half)).toEqual({
      delayMs: 30_500,
      attempts: 5,
    });
    expect(nextTry(run({ ageMs: 59_000 }), paused, true, half)).toEqual({ delayMs: 30_500, attempts: 0 });
    expect(nextTry(run({ ageMs: 61_000 }), paused, true, half)).toBeNull();
  });
});
