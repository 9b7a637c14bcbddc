import type { Database } from '../../platform/database/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import { retryConflicts } from './retry-conflicts.js';
import { linkBatch } from './link-batch.js';
import { NodeIds } from './node-ids.js';
import { requeueChangedRules } from './rule-versions.js';

export interface LinkOptions {
  /** Changed keys in one transaction. */
  batchSize?: number;
  /** Transactions at a time: while one waits for the database, another computes. */
  lanes?: number;
}

/** Decides which records are one person, as the outbox tells it what changed. Safe to run in any number of workers. */
export class LinkService {
  readonly #ids = new NodeIds();
  readonly #size: number;
  readonly #lanes: number;
  #rulesCompared = false;

  constructor(
    private readonly database: Database,
    private readonly keyring: Keyring,
    options: LinkOptions = {},
  ) {
    this.#size = options.batchSize ?? 5000;
    this.#lanes = options.lanes ?? 2;
  }

  /** Works until the outbox is empty or the signal says stop; every batch is one transaction. */
  async drain(signal?: AbortSignal): Promise<{ batches: number; persons: number }> {
    let [batches, persons] = [0, 0];
    await this.#compareRules();
    const lane = async (): Promise<void> => {
      while (!signal?.aborted) {
        const looked = await retryConflicts(() => this.#batch());
        if (looked === null) break;
        batches += 1;
        persons += looked;
      }
    };
    await Promise.all(Array.from({ length: this.#lanes }, lane));
    return { batches, persons };
  }

  /** Once a process: its rules do not change while it runs. */
  async #compareRules(): Promise<void> {
    if (this.#rulesCompared) return;
    await retryConflicts(() =>
      this.database.withContext('worker', { actor: 'worker:link' }, (tx) => requeueChangedRules(tx)),
    );
    this.#rulesCompared = true;
  }

  #batch(): Promise<number | null> {
    return this.database.withContext('worker', { actor: 'worker:link' }, async (tx) => {
      // Tables filled a second ago have no statistics yet, and every access here is meant to be by index.
      await tx.query('SET LOCAL enable_seqscan = off; SET LOCAL jit = off');
      return linkBatch(tx, this.keyring, this.#ids, this.#size);
    });
  }
}
