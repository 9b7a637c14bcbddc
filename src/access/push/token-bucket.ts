/** So many a second, and twice as many at once. */
export class TokenBucket {
  #tokens: number;
  #at: number;

  constructor(
    readonly perSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#tokens = this.#most;
    this.#at = this.now();
  }

  get #most(): number {
    return Math.max(1, this.perSecond * 2);
  }

  /** Whether there is one left, without taking it. */
  has(): boolean {
    const now = this.now();
    this.#tokens = Math.min(this.#most, this.#tokens + ((now - this.#at) / 1000) * this.perSecond);
    this.#at = now;
    return this.#tokens >= 1;
  }

  /** Takes one. @returns false when there is none. */
  take(): boolean {
    const has = this.has();
    if (has) this.#tokens -= 1;
    return has;
  }
}
