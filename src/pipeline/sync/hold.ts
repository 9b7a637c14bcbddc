import { FatalError, type Origin } from '../../platform/kernel/index.js';
import { decodeNumbers } from '../store/index.js';

/** Why a stream must not go on without a word, and exactly what is at stake. */
export interface Hold {
  code: string;
  origin: Origin;
  /** Fills the message; names and numbers only. */
  params: Record<string, string | number>;
  /** Columns or fields that were missing. */
  lost?: readonly string[];
  /** Records that were found bad. */
  bad?: number;
  /** Numbers of the rows that would be deleted. */
  doomed?: readonly number[];
}

/** What an approval was given for. */
export interface ShownHold {
  code: string;
  adapterHash: string;
  lost: readonly string[];
  bad: number;
  doomed: Uint8Array | null;
}

/** Ends a run before anything of a doubtful delivery is written. */
export class HoldError extends FatalError {
  constructor(readonly hold: Hold) {
    super(hold.code, { origin: hold.origin, params: hold.params });
  }
}

/**
 * Whether what was approved covers what is at stake now: the same trouble under the same adapter, and no more of it —
 * no other column, no more bad records, no row that was not among those shown. Pure.
 */
export function covers(shown: ShownHold, hold: Hold, adapterHash: string): boolean {
  if (shown.code !== hold.code || shown.adapterHash !== adapterHash) return false;
  if ((hold.bad ?? 0) > shown.bad) return false;
  if (hold.lost?.some((name) => !shown.lost.includes(name))) return false;
  if (!hold.doomed?.length) return true;
  const allowed = new Set(decodeNumbers(shown.doomed ?? Buffer.alloc(0)));
  return hold.doomed.every((n) => allowed.has(n));
}
