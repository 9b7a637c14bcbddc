import type { Tx } from '../../platform/database/index.js';
import { bucketOf, type MatchKey } from './match-keys.js';

/** First half of the two-number advisory locks on match keys; the second is the bucket. */
const KEY_LOCK = 0x11_4b02;

/** The buckets of match keys that a transaction holds. */
export class KeyLocks {
  readonly #wanted = new Set<number>();
  #held = 0;

  want(keys: Iterable<MatchKey>): void {
    for (const key of keys) this.#wanted.add(bucketOf(key));
  }

  /** True when every bucket asked for is held. */
  get complete(): boolean {
    return this.#held === this.#wanted.size;
  }

  /**
   * Takes every bucket asked for, in order. Buckets found missing later cannot be taken out of order without the
   * danger of a deadlock, so what is held is given back first (by the savepoint) and all are taken anew.
   */
  async take(tx: Tx): Promise<void> {
    if (this.complete) return;
    await tx.query(this.#held === 0 ? 'SAVEPOINT key_locks' : 'ROLLBACK TO SAVEPOINT key_locks');
    const buckets = [...this.#wanted].sort((a, b) => a - b);
    await tx.query('SELECT count(pg_advisory_xact_lock($1, bucket)) FROM unnest($2::int4[]) bucket', [
      KEY_LOCK,
      buckets,
    ]);
    this.#held = buckets.length;
  }
}
