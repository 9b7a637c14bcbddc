import type { Path, Row } from './path.js';

/** What an expression found, as a small number for the hot path. */
export const ABSENT = 0;
export const VALUE = 1;
export const EMPTY = 2;
export const MASKED = 3;
export const PLACEHOLDER = 4;
export const REJECTED = 5;
export type Found = typeof ABSENT | typeof VALUE | typeof EMPTY | typeof MASKED | typeof PLACEHOLDER | typeof REJECTED;

/**
 * Scratch space of one compiled stream, reused for every record: expressions put their value here instead of
 * making an object each. `conform` is synchronous, so nobody sees it half filled.
 */
export class Outcome {
  value: string | number | boolean | null = null;
  /** The record's division, known before the fields are read. */
  area: string | null = null;
  code = '';
  reason = '';
  path: Path | null = null;
  raw: unknown = undefined;

  reject(code: string, path: Path | null, raw: unknown, reason: string): typeof REJECTED {
    this.code = code;
    this.path = path;
    this.raw = raw;
    this.reason = reason;
    return REJECTED;
  }
}

/** A compiled expression. The value is in `out.value` when the answer is VALUE or MASKED. */
export type Evaluate = (row: Row, out: Outcome) => Found;
