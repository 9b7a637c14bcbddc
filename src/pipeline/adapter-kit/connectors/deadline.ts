/**
 * Ends a request that brings nothing for `idleMs`, or is not complete after `totalMs`: a connection that is open on one
 * side only never errs, and one byte a second never ends.
 */
export class Deadline {
  /** Aborted when a deadline passes or the caller gives up. */
  readonly signal: AbortSignal;
  /** Which one passed. */
  passed: 'idle' | 'total' | undefined;
  readonly #controller = new AbortController();
  readonly #total: NodeJS.Timeout;
  readonly #idle: NodeJS.Timeout;

  constructor({ idleMs, totalMs }: { idleMs: number; totalMs: number }, caller: AbortSignal) {
    this.signal = AbortSignal.any([caller, this.#controller.signal]);
    this.#total = setTimeout(() => this.#pass('total'), totalMs);
    this.#idle = setTimeout(() => this.#pass('idle'), idleMs);
  }

  /** Something came. */
  heard(): void {
    this.#idle.refresh();
  }

  end(): void {
    clearTimeout(this.#total);
    clearTimeout(this.#idle);
  }

  #pass(which: 'idle' | 'total'): void {
    this.passed ??= which;
    this.#controller.abort();
  }
}
