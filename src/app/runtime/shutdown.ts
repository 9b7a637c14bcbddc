/** One thing that was started. */
export interface Started {
  /** Ends it in order. */
  stop(): Promise<unknown> | void;
  /** Ends it at once, without waiting; for what would outlive this process otherwise. */
  kill?(): void;
}

/** What was started, in groups; they are stopped in the opposite order, each group together. */
export class Shutdown {
  readonly #groups: Started[][] = [];

  /** Begins a group, to be stopped before all that were begun earlier. More may be pushed later. */
  group(...started: Started[]): Started[] {
    this.#groups.push(started);
    return started;
  }

  async stop(): Promise<void> {
    for (let group = this.#groups.at(-1); group; group = this.#groups.at(-1)) {
      // Failing to stop one thing must not leave the others running.
      await Promise.allSettled(group.map(async (one) => one.stop()));
      this.#groups.splice(this.#groups.indexOf(group), 1);
    }
  }

  kill(): void {
    for (const one of this.#groups.flat())
      try {
        one.kill?.();
      } catch {
        // Gone already.
      }
  }
}

/** Rejects with the signal's reason when it is aborted first; the work itself is not waited for any longer. */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, fail) => {
    onAbort = () => fail(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Waits for the work, but no longer than `ms`. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => (timer = setTimeout(done, ms)));
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
