import type { Database, Tx } from '../../platform/database/index.js';
import { retryConflicts } from '../link/index.js';
import { unifyDwellings } from './unify-dwellings.js';
import { unifyHouseholds } from './unify-households.js';
import { unifyResidents } from './unify-residents.js';

export interface UnifyOptions {
  /** Residents or records in one transaction. */
  batchSize?: number;
  /** Transactions at a time: while one waits for the database, another computes. */
  lanes?: number;
}

export interface Unified {
  batches: number;
  residents: number;
  dwellings: number;
  households: number;
}

/** Makes golden rows again where link says that something changed. Safe to run in any number of workers. */
export class UnifyService {
  readonly #size: number;
  readonly #lanes: number;

  constructor(
    private readonly database: Database,
    options: UnifyOptions = {},
  ) {
    this.#size = options.batchSize ?? 2500;
    this.#lanes = options.lanes ?? 2;
  }

  /** Works until the outbox is empty or the signal says stop; every batch is one transaction. */
  async drain(signal?: AbortSignal): Promise<Unified> {
    const done: Unified = { batches: 0, residents: 0, dwellings: 0, households: 0 };
    const all = async (
      what: 'residents' | 'dwellings' | 'households',
      batch: (tx: Tx, size: number) => Promise<number>,
    ) => {
      while (!signal?.aborted) {
        const looked = await retryConflicts(() => this.#transact((tx) => batch(tx, this.#size)));
        if (looked === 0) break;
        done.batches += 1;
        done[what] += looked;
      }
    };
    await all('dwellings', unifyDwellings);
    await all('households', unifyHouseholds);
    await Promise.all(Array.from({ length: this.#lanes }, () => all('residents', unifyResidents)));
    return done;
  }

  #transact(work: (tx: Tx) => Promise<number>): Promise<number> {
    return this.database.withContext('worker', { actor: 'worker:unify' }, async (tx) => {
      await tx.query('SET LOCAL enable_seqscan = off; SET LOCAL jit = off');
      return work(tx);
    });
  }
}
