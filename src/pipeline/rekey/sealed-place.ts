import type { Tx } from '../../platform/database/index.js';
import type { Keyring } from '../../platform/keys/index.js';

/** How far a walk has come: the primary key of the last row looked at, as text; null at the start. */
export type Mark = readonly string[] | null;

export interface Batch {
  /** Rows looked at. Fewer than asked for: the walk is over. */
  seen: number;
  rewrapped: number;
  after: Mark;
}

/** A column of values under the key-encryption key. */
export interface SealedPlace {
  name: string;
  /** Rows there are to look at, about. */
  count(tx: Tx): Promise<number>;
  /** Whether a value older than `version` is left. */
  anyBefore(tx: Tx, version: number): Promise<boolean>;
  /** Looks at up to `limit` rows after `mark` in the order of the primary key, and brings them under the newest version. */
  rewrap(tx: Tx, keyring: Keyring, mark: Mark, limit: number): Promise<Batch>;
}

/** Byte 1 of every value under the key-encryption key is the key's version. */
export const isOlder = (sealed: Uint8Array, version: number): boolean => sealed.length > 1 && sealed[1]! < version;
