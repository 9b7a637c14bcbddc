import type { Database, Tx } from '../../platform/database/index.js';
import type { Deliver } from './deliver.js';
import { forgetEvent, postponeEvent, takeEvents, wantEvents, type WaitingEvent } from './lineage.repository.js';
import { runEvent } from './run-event.js';
import { readRunFacts } from './run-facts.js';

const LOOK_EVERY_MS = 1_000;
const RENEW_EVERY_MS = 3_600_000;
const BATCH = 20;
const BACKOFF_MS = { first: 2_000, longest: 300_000 } as const;

export interface ReporterOptions {
  database: Database;
  deliver: Deliver;
  /** Of the program. */
  version: string;
  /** Told of each try; `dropped` events were too old. */
  report?: (outcome: 'sent' | 'failed' | 'dropped', count: number, error?: unknown) => void;
}

/**
 * Tells a lineage collector of runs, beside the sync and never in its way: what is to be told was noted with the run's
 * own change of state, and waits in the database as long as the collector is away.
 */
export class LineageReporter {
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #deployment = '';
  #renewed = -Infinity;

  constructor(private readonly options: ReporterOptions) {}

  /** From its return on, no run's event is missed. */
  async start(): Promise<void> {
    await this.#renew();
    this.#schedule(0);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#looking;
  }

  #schedule(ms: number): void {
    if (this.#stop.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.look()
        .catch(() => undefined)
        .finally(() => this.#schedule(LOOK_EVERY_MS));
    }, ms);
  }

  /** Sends whatever is due. Trouble with the database or the collector is no reason to stop looking. */
  async look(): Promise<void> {
    if (performance.now() - this.#renewed > RENEW_EVERY_MS) await this.#renew();
    for (;;) {
      const events = await this.#transact((tx) => takeEvents(tx, BATCH));
      if (events.length === 0) return;
      for (const event of events) {
        if (this.#stop.signal.aborted) return;
        await this.#tell(event);
      }
    }
  }

  async #tell(event: WaitingEvent): Promise<void> {
    const { deliver, version, report } = this.options;
    try {
      const facts = await this.#transact((tx) => readRunFacts(tx, event.run));
      // No transaction waits for the collector.
      const deployment = { id: this.#deployment, version };
      if (facts) await deliver(runEvent(event.type, event.at, facts, deployment), this.#stop.signal);
      await this.#transact((tx) => forgetEvent(tx, event.id));
      report?.('sent', 1);
    } catch (error) {
      report?.('failed', 1, error);
      const most = Math.min(BACKOFF_MS.longest, BACKOFF_MS.first * 2 ** (event.attempts - 1));
      await this.#transact((tx) => postponeEvent(tx, event.id, most * (0.5 + Math.random() / 2)));
    }
  }

  async #renew(): Promise<void> {
    const { deployment, dropped } = await this.#transact(wantEvents);
    this.#deployment = deployment;
    this.#renewed = performance.now();
    if (dropped > 0) this.options.report?.('dropped', dropped);
  }

  #transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.options.database.withContext('worker', { actor: 'worker:lineage' }, work, {
      transactionTimeoutMs: 10_000,
    });
  }
}
