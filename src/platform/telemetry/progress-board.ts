/** One report of a running sync: its counters so far. */
export interface ProgressReading {
  run: number;
  source: string;
  stream: string;
  counts: {
    read: number;
    created: number;
    updated: number;
    unchanged: number;
    revived: number;
    quarantined: number;
    skipped: number;
  };
  /** How many records the source says there are; null when it does not say. */
  expectedTotal: number | null;
}

/** All runs taken together, at one moment. */
export interface ProgressTotals {
  read: number;
  /** Null while any run does not know its total. */
  expected: number | null;
  /** Written: new, changed or back again. */
  stored: number;
  /** Met as they were stored already. */
  unchanged: number;
  quarantined: number;
  /** Records a second over the last seconds. */
  rate: number;
  /** Seconds to go at that rate; null when unknown. */
  remaining: number | null;
}

type Increase = Readonly<Record<keyof ProgressReading['counts'], number>>;

/** Rates are taken over this long: steady enough to read, short enough to follow a stall. */
const WINDOW_MS = 10_000;

/** The one stream of counters. Bars, lines, metrics and the API read it; nothing else counts. */
export class ProgressBoard {
  readonly #latest = new Map<number, ProgressReading>();
  readonly #listeners = new Set<(reading: ProgressReading, increase: Increase) => void>();
  #samples: { at: number; read: number }[] = [];

  /** @param now monotonic ms, for tests. */
  constructor(private readonly now: () => number = () => performance.now()) {
    this.#samples.push({ at: now(), read: 0 });
  }

  update(reading: ProgressReading): void {
    const before = this.#latest.get(reading.run)?.counts;
    this.#latest.set(reading.run, { ...reading, counts: { ...reading.counts } });
    const at = this.now();
    const read = this.#sum('read');
    this.#samples.push({ at, read });
    // The newest sample that is old enough stays as the window's start.
    while (this.#samples.length > 2 && at - this.#samples[1]!.at >= WINDOW_MS) this.#samples.shift();
    const increase = Object.fromEntries(
      Object.entries(reading.counts).map(([name, count]) => [
        name,
        Math.max(0, count - (before?.[name as 'read'] ?? 0)),
      ]),
    ) as Increase;
    for (const listener of this.#listeners) listener(reading, increase);
  }

  /** Calls back at every report with what it adds. @returns a function that ends it. */
  follow(listener: (reading: ProgressReading, increase: Increase) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  readings(): ProgressReading[] {
    return [...this.#latest.values()];
  }

  totals(): ProgressTotals {
    const readings = this.readings();
    const read = this.#sum('read');
    const expected = readings.every((one) => one.expectedTotal !== null)
      ? readings.reduce((sum, one) => sum + Math.max(one.expectedTotal ?? 0, one.counts.read), 0)
      : null;
    const from = this.#samples[0]!;
    const seconds = (this.now() - from.at) / 1000;
    const rate = seconds > 0 ? (read - from.read) / seconds : 0;
    return {
      read,
      expected,
      stored: this.#sum('created') + this.#sum('updated') + this.#sum('revived'),
      unchanged: this.#sum('unchanged'),
      quarantined: this.#sum('quarantined'),
      rate,
      // All that began is read: what has not begun yet is not known, so nothing is promised.
      remaining: expected !== null && expected > read && rate > 0 ? (expected - read) / rate : null,
    };
  }

  #sum(name: keyof ProgressReading['counts']): number {
    let sum = 0;
    for (const reading of this.#latest.values()) sum += reading.counts[name];
    return sum;
  }
}
