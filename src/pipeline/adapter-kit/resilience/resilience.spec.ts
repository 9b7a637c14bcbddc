import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConfigurationError, FatalError, RetriableError } from '../../../platform/kernel/index.js';
import {
  BREAKER_RULES,
  CircuitBreaker,
  enter,
  FAILED_PER_HOUR,
  LONGEST_RETRY_AFTER_MS,
  memoryGate,
  openGate,
  parseRetryAfter,
  phaseOf,
  reopened,
  retryDelayMs,
  RUN_RETRY,
  settle,
  SharedGate,
  type GateState,
} from './index.js';

const SEED = { seed: 20261101, numRuns: 500 };
const unit = fc.double({ min: 0, max: 0.999999, noNaN: true });
const dead = new RetriableError('CONNECTOR_UNREACHABLE', { origin: 'source' });
const signal = new AbortController().signal;

describe('the retry policy', () => {
  it('stays between what the source asked for and that plus the capped doubling', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.option(fc.nat(7_200_000), { nil: undefined }), unit, (attempts, retryAfterMs, r) => {
        const delay = retryDelayMs({ attempts, retryAfterMs }, () => r);
        const floor = retryAfterMs ?? 0;
        expect(delay).toBeGreaterThanOrEqual(floor);
        expect(delay).toBeLessThanOrEqual(floor + Math.min(RUN_RETRY.capMs, RUN_RETRY.baseMs * 2 ** attempts));
      }),
      SEED,
    );
  });

  it('spreads over the whole interval: full jitter, not a fixed step', () => {
    expect(retryDelayMs({ attempts: 3 }, () => 0)).toBe(0);
    expect(retryDelayMs({ attempts: 3 }, () => 0.5)).toBe(4_000);
    expect(retryDelayMs({ attempts: 50 }, () => 0.999999)).toBe(60_000);
  });

  it('reads Retry-After in seconds and as each HTTP date, and nothing else', () => {
    const now = Date.UTC(2026, 10, 1, 12);
    expect(parseRetryAfter('120', now)).toBe(120_000);
    expect(parseRetryAfter(' 0 ', now)).toBe(0);
    expect(parseRetryAfter('Sun, 01 Nov 2026 12:02:00 GMT', now)).toBe(120_000);
    expect(parseRetryAfter('Sunday, 01-Nov-26 12:02:00 GMT', now)).toBe(120_000);
    expect(parseRetryAfter('Sun Nov  1 12:02:00 2026', now)).toBe(120_000);
    expect(parseRetryAfter('Sun, 01 Nov 2026 11:00:00 GMT', now)).toBe(0);
    expect(parseRetryAfter('99999999', now)).toBe(LONGEST_RETRY_AFTER_MS);
    for (const nonsense of [null, '', '-5', '1.5', 'soon', 'Sunday'])
      expect(parseRetryAfter(nonsense, now)).toBeUndefined();
  });
});

describe('the breaker', () => {
  const failing = (times: number, at: number, random = 0.5): GateState => {
    let state = openGate(0);
    for (let i = 0; i < times; i++)
      state = settle(state, { kind: 'failed', code: 'X', atOnce: false }, at, () => random);
    return state;
  };

  it('opens after as many failures in a row as it allows, and one answer in between starts the count again', () => {
    expect(phaseOf(failing(BREAKER_RULES.threshold - 1, 10).breaker, 10)).toBe('CLOSED');
    expect(phaseOf(failing(BREAKER_RULES.threshold, 10).breaker, 10)).toBe('OPEN');
    const relieved = settle(failing(BREAKER_RULES.threshold - 1, 10), { kind: 'answered' }, 11, () => 0.5);
    expect(relieved.breaker.failures).toBe(0);
  });

  it('lets one probe through when its time is over; its answer closes it, its failure doubles the wait', () => {
    const open = failing(BREAKER_RULES.threshold, 0, 0.999999);
    const later = open.breaker.openUntil;
    expect(later).toBe(BREAKER_RULES.baseMs);
    expect(enter(open, {}, later - 1, 16)).toMatchObject({ waitMs: 1, cause: 'X' });
    const probe = enter(open, {}, later, 16);
    if (!('state' in probe)) throw new Error('no probe');
    expect(probe.grant.count).toBe(1);
    expect(enter(probe.state, {}, later, 16)).toHaveProperty('waitMs');
    expect(settle(probe.state, { kind: 'answered' }, later, () => 0).breaker).toMatchObject({ openUntil: 0, opens: 0 });
    const again = settle(probe.state, { kind: 'failed', code: 'Y', atOnce: false }, later, () => 0.999999);
    expect(again.breaker.openUntil - later).toBe(2 * BREAKER_RULES.baseMs);
    const withdrawn = settle(probe.state, { kind: 'nothing' }, later, () => 0);
    expect(enter(withdrawn, {}, later, 16)).toHaveProperty('grant');
  });

  it('opens at once for a refused credential, far longer than for silence', () => {
    const state = settle(openGate(0), { kind: 'failed', code: 'CONNECTOR_AUTH', atOnce: true }, 0, () => 0);
    expect(phaseOf(state.breaker, BREAKER_RULES.capMs)).toBe('OPEN');
    expect(enter(reopened(state, 1), {}, 1, 16)).toHaveProperty('grant');
  });

  it('keeps a dead source within its budget whatever the jitter: 20 requests in the first minute, 120 an hour', () => {
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 50 }), fc.integer({ min: 1, max: 500 }), (draws, step) => {
        let [state, drawn] = [openGate(0), 0];
        const random = (): number => draws[drawn++ % draws.length]!;
        const sent: number[] = [];
        for (let now = 0; now < 3_600_000; now += step) {
          const entry = enter(state, {}, now, 16);
          if ('waitMs' in entry) {
            now += Math.max(0, Math.floor(entry.waitMs) - step);
            continue;
          }
          sent.push(now);
          state = settle(entry.state, { kind: 'failed', code: 'X', atOnce: false }, now, random);
        }
        expect(sent.filter((at) => at < 60_000).length).toBeLessThanOrEqual(20);
        expect(sent.length).toBeLessThanOrEqual(FAILED_PER_HOUR);
      }),
      { ...SEED, numRuns: 100 },
    );
  });

  it('leaves a source alone for the rest of the hour that fails again and again between answers', () => {
    let state = openGate(0);
    for (let i = 0; i < FAILED_PER_HOUR; i++) {
      state = settle(state, { kind: 'failed', code: 'X', atOnce: false }, i, () => 0);
      if (i < FAILED_PER_HOUR - 1) state = settle(state, { kind: 'answered' }, i, () => 0);
    }
    expect(phaseOf(state.breaker, 3_599_999)).toBe('OPEN');
    expect(phaseOf(state.breaker, 3_600_000)).toBe('HALF_OPEN');
  });
});

describe('the pace', () => {
  it('grants no more requests in any second than the manifest allows, and none beyond the hour’s budget', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 200 }),
        fc.array(fc.nat(400), { minLength: 5, maxLength: 100 }),
        (perSecond, perHour, gaps) => {
          let [state, now] = [openGate(0), 0];
          const at: number[] = [];
          for (const gap of gaps) {
            now += gap;
            const entry = enter(state, { perSecond, perHour }, now, Math.min(16, perSecond));
            if (!('state' in entry)) continue;
            state = entry.state;
            for (let i = 0; i < entry.grant.count; i++) at.push(entry.grant.firstAt + i * entry.grant.spacingMs);
          }
          expect(at.length).toBeLessThanOrEqual(perHour);
          for (const from of at)
            expect(at.filter((one) => one >= from && one < from + 999.99).length).toBeLessThanOrEqual(perSecond);
        },
      ),
      SEED,
    );
  });

  it('waits for Retry-After: within patience by itself, beyond it by saying when', async () => {
    let now = 0;
    const gate = memoryGate(() => now);
    const shared = new SharedGate(
      's',
      gate,
      {},
      () => 0.5,
      () => now,
    );
    const busy = new RetriableError('CONNECTOR_BUSY', { origin: 'source', retryAfterMs: 60_000 });
    await expect(shared.pass(signal, () => Promise.reject(busy))).rejects.toBe(busy);
    now = 1_000;
    await expect(shared.pass(signal, async () => 1)).rejects.toMatchObject({
      code: 'SOURCE_PAUSED',
      retryAfterMs: 59_000,
      params: { cause: 'CONNECTOR_BUSY', seconds: 59 },
    });
    now = 60_000;
    await expect(shared.pass(signal, async () => 1)).resolves.toBe(1);
  });
});

describe('a gate', () => {
  it('counts what the source is to blame for, and nothing else', async () => {
    const gate = memoryGate(() => 0);
    const shared = new SharedGate(
      's',
      gate,
      {},
      () => 0.5,
      () => 0,
    );
    const meet = (error: Error): Promise<unknown> => shared.pass(signal, () => Promise.reject(error)).catch(() => 0);
    await meet(dead);
    expect(gate.state.breaker.failures).toBe(1);
    await meet(new FatalError('CONNECTOR_BODY', { origin: 'source' }));
    expect(gate.state.breaker.failures).toBe(0);
    await meet(new ConfigurationError('CONNECTOR_AUTH', { origin: 'source' }));
    expect(phaseOf(gate.state.breaker, 0)).toBe('OPEN');
  });

  it('asks the store once for many requests while all is well, and counts each', async () => {
    const gate = memoryGate(() => 0);
    let updates = 0;
    const counting = {
      update: <T>(change: Parameters<typeof gate.update<T>>[0]): Promise<T> => (updates++, gate.update(change)),
    };
    const shared = new SharedGate(
      's',
      counting,
      {},
      () => 0.5,
      () => 0,
    );
    for (let i = 0; i < 32; i++) await shared.pass(signal, async () => undefined);
    expect(gate.state.requests).toBe(32);
    expect(updates).toBeLessThanOrEqual(4);
    await shared.pass(signal, async () => undefined);
    await shared.leave();
    expect(gate.state.requests).toBe(33);
  });

  it('gives back a probe when the run is stopped', async () => {
    const gate = memoryGate(() => 0);
    gate.state.breaker = { failures: 5, opens: 1, openUntil: -1, probeUntil: 0, cause: 'X' };
    const stop = new AbortController();
    const shared = new SharedGate(
      's',
      gate,
      {},
      () => 0.5,
      () => 0,
    );
    await expect(
      shared.pass(stop.signal, async () => {
        stop.abort();
        throw dead;
      }),
    ).rejects.toBe(dead);
    expect(gate.state.breaker).toMatchObject({ failures: 5, probeUntil: 0 });
  });
});

describe('a breaker in memory', () => {
  it('refuses at once while open, with the cause, and recovers by a probe', async () => {
    let now = 0;
    const breaker = new CircuitBreaker('police', { threshold: 2, now: () => now, random: () => 0.999999 });
    for (let i = 0; i < 2; i++) await expect(breaker.run(() => Promise.reject(dead))).rejects.toBe(dead);
    expect(breaker.phase).toBe('OPEN');
    await expect(breaker.run(async () => 1)).rejects.toMatchObject({
      code: 'SOURCE_PAUSED',
      params: { cause: 'CONNECTOR_UNREACHABLE' },
    });
    now = 2_000;
    expect(breaker.phase).toBe('HALF_OPEN');
    await expect(breaker.run(async () => 1)).resolves.toBe(1);
    expect(breaker.phase).toBe('CLOSED');
  });
});
