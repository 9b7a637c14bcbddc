import { setTimeout as sleep } from 'node:timers/promises';
import { pausedError } from './circuit-breaker.js';
import { enter, openGate, settle, type GateState, type Grant, type RequestLimits } from './gate-state.js';
import { judgeFailure } from './judge-failure.js';

/** Every request to a source goes through its gate: pace, budget and breaker. */
export interface RequestGate {
  /**
   * Waits until the request may go out, makes it, and learns from how it ends.
   * @throws RetriableError SOURCE_PAUSED (with `retryAfterMs`) when it may not go out soon; the request's own error.
   */
  pass<T>(signal: AbortSignal, request: () => Promise<T>): Promise<T>;
  /** Gives back what was granted and is not needed any more; to be called when a connection closes. */
  leave?(): Promise<void>;
}

/** Without limits or memory: for a single look (preview, exam). */
export const UNGUARDED: RequestGate = { pass: (_signal, request) => request() };

/** Where a gate's state lies; `change` is applied to the present state and stored, all or nothing. */
export interface GateStore {
  update<T>(change: (state: GateState, now: number) => { state: GateState; result: T }): Promise<T>;
}

/** A state of this process alone. */
export function memoryGate(now: () => number = Date.now): GateStore & { state: GateState } {
  const store = {
    state: openGate(now()),
    async update<T>(change: (state: GateState, now: number) => { state: GateState; result: T }): Promise<T> {
      const { state, result } = change(store.state, now());
      store.state = state;
      return result;
    },
  };
  return store;
}

/** Longer waits are not spent in here: the run is put off instead, so that it holds nothing meanwhile. */
const PATIENCE_MS = 3_000;
/** Requests taken from the store at once while all is well: the store is asked every so often, not every time. */
const CHUNK = 16;

/** A gate over shared state: any number of workers in any number of processes keep one pace and one breaker. */
export class SharedGate implements RequestGate {
  #grant: Grant = { count: 0, firstAt: 0, spacingMs: 0 };
  /** Answered requests that the store has not heard of. */
  #answered = 0;

  constructor(
    private readonly source: string,
    private readonly store: GateStore,
    private readonly limits: RequestLimits,
    private readonly random: () => number = Math.random,
    private readonly now: () => number = Date.now,
  ) {}

  async pass<T>(signal: AbortSignal, request: () => Promise<T>): Promise<T> {
    await this.#enter(signal);
    let result: T;
    try {
      result = await request();
    } catch (error) {
      const outcome = signal.aborted ? ({ kind: 'nothing' } as const) : judgeFailure(error);
      const unused = this.#grant.count;
      const heard = this.#answered > 0;
      this.#grant = { ...this.#grant, count: 0 };
      this.#answered = 0;
      await this.store.update((state, now) => {
        const known = heard ? settle(state, { kind: 'answered' }, now, this.random) : state;
        return { state: settle(known, outcome, now, this.random, unused), result: undefined };
      });
      throw error;
    }
    await this.#succeeded();
    return result;
  }

  async leave(): Promise<void> {
    const unused = this.#grant.count;
    const heard = this.#answered > 0;
    if (unused === 0 && !heard) return;
    this.#grant = { ...this.#grant, count: 0 };
    this.#answered = 0;
    const giveBack = this.store.update((state, now) => {
      const known = heard ? settle(state, { kind: 'answered' }, now, this.random) : state;
      return { state: { ...known, requests: Math.max(0, known.requests - unused) }, result: undefined };
    });
    // Not worth an error of its own: it would hide the one that closes the connection.
    await giveBack.catch(() => undefined);
  }

  async #enter(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#grant.count > 0) {
        const { count, firstAt, spacingMs } = this.#grant;
        this.#grant = { count: count - 1, firstAt: firstAt + spacingMs, spacingMs };
        const waitMs = firstAt - this.now();
        if (waitMs > 1) await sleep(waitMs, undefined, { signal });
        return;
      }
      const chunk = this.limits.perSecond === undefined ? CHUNK : Math.max(1, Math.min(CHUNK, this.limits.perSecond));
      const entry = await this.store.update<{ grant: Grant } | { waitMs: number; cause: string | null }>(
        (state, now) => {
          const known = this.#answered > 0 ? settle(state, { kind: 'answered' }, now, this.random) : state;
          const found = enter(known, this.limits, now, chunk);
          if ('waitMs' in found) return { state: known, result: found };
          // Not worth waiting for (Retry-After): nothing is taken.
          const waitMs = found.grant.firstAt - now;
          if (waitMs > Math.max(PATIENCE_MS, 4 * found.grant.spacingMs))
            return { state: known, result: { waitMs, cause: known.breaker.cause } };
          // From here on in this process's clock.
          return { state: found.state, result: { grant: { ...found.grant, firstAt: this.now() + waitMs } } };
        },
      );
      this.#answered = 0;
      if ('grant' in entry) this.#grant = entry.grant;
      else if (entry.waitMs > PATIENCE_MS) throw pausedError(this.source, entry.cause, entry.waitMs);
      else await sleep(Math.max(50, entry.waitMs), undefined, { signal });
    }
  }

  /** A source that was well needs no note; one that was not is well again at once. */
  async #succeeded(): Promise<void> {
    if (this.#grant.count > 0 || this.#answered > 0) return void this.#answered++;
    // The only request of its grant: either the chunk is used up, or the source was not known to be well.
    await this.store.update((state, now) => ({
      state: settle(state, { kind: 'answered' }, now, this.random),
      result: undefined,
    }));
  }
}
