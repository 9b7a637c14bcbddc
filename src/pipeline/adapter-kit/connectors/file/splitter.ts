/**
 * Finds record after record in a window of bytes without copying or decoding. One instance per scan; the result
 * of `next` lies in `start`, `end` (the record's bytes) and `resume` (where the next search begins).
 */
export interface Splitter {
  readonly start: number;
  readonly end: number;
  resume: number;
  /** The last record ended with the file instead of with its own end (line end, closing tag). */
  readonly openEnded: boolean;
  /**
   * @returns false when the window holds no further complete record: fill it up, or with `eof` the file is done.
   */
  next(window: Buffer, from: number, to: number, eof: boolean): boolean;
  /** The window was replaced: positions remembered from the old one are void. */
  moved(): void;
}
