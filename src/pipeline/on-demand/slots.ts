/** More than so many waiting for each slot would not be served within any deadline. */
const QUEUE_PER_SLOT = 8;

/** Calls at the same time at the most; the others wait in line until their signal ends. */
export class Slots {
  #free: number;
  readonly #line: (() => void)[] = [];

  constructor(private readonly size: number) {
    this.#free = size;
  }

  /** @throws the signal's reason when it ends first; `full()` when the line is too long. */
  async with<T>(signal: AbortSignal, full: () => Error, work: () => Promise<T>): Promise<T> {
    await this.#enter(signal, full);
    try {
      return await work();
    } finally {
      const next = this.#line.shift();
      if (next) next();
      else this.#free++;
    }
  }

  async #enter(signal: AbortSignal, full: () => Error): Promise<void> {
    signal.throwIfAborted();
    if (this.#free > 0) return void this.#free--;
    if (this.#line.length >= this.size * QUEUE_PER_SLOT) throw full();
    await new Promise<void>((go, fail) => {
      const leave = (): void => {
        this.#line.splice(this.#line.indexOf(enter), 1);
        fail(signal.reason as Error);
      };
      const enter = (): void => {
        signal.removeEventListener('abort', leave);
        go();
      };
      this.#line.push(enter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
