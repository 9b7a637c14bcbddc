import type { Splitter } from './splitter.js';

const LF = 0x0a;
const CR = 0x0d;

/** JSONL: one record a line. LF is never part of a longer character in UTF-8 or GB18030. Blank lines are left out. */
export class LineSplitter implements Splitter {
  start = 0;
  end = 0;
  resume = 0;
  openEnded = false;

  next(window: Buffer, from: number, to: number, eof: boolean): boolean {
    for (let at = from; at < to;) {
      let lineEnd = window.indexOf(LF, at);
      this.openEnded = false;
      if (lineEnd < 0 || lineEnd >= to) {
        if (!eof) return false;
        lineEnd = to;
        this.openEnded = true;
      }
      this.start = at;
      this.end = lineEnd > at && window[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
      this.resume = Math.min(lineEnd + 1, to);
      if (this.end > this.start) return true;
      at = lineEnd + 1;
    }
    this.resume = to;
    return false;
  }

  moved(): void {}
}
