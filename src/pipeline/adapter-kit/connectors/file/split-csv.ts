import type { Splitter } from './splitter.js';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/**
 * CSV (RFC 4180): a record ends at a line end outside quotes. Works on bytes, because quote, line end and the
 * permitted delimiters are never part of a longer character in UTF-8 or GB18030.
 *
 * A record whose quoting is broken (an unclosed quote, text behind a closing quote) ends at its first line end, so
 * that it spoils itself only; parsing refuses it.
 */
export class CsvSplitter implements Splitter {
  start = 0;
  end = 0;
  resume = 0;
  openEnded = false;
  #delimiter: number;
  /** Position of the next quote in the window; -1 unknown. Spares looking at each byte of quoteless records. */
  #quote = -1;

  constructor(
    delimiter: string,
    /** Longest record believed; a longer quoted text counts as an unclosed quote. */
    private readonly longest = 1 << 20,
  ) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  moved(): void {
    this.#quote = -1;
  }

  next(window: Buffer, from: number, to: number, eof: boolean): boolean {
    for (let at = from; at < to; at = this.resume) {
      const found = window.indexOf(LF, at);
      const inside = found >= 0 && found < to;
      if (!inside && !eof) return false;
      const line = inside ? found : to;
      if (this.#quote < at) {
        const quote = window.indexOf(QUOTE, at);
        this.#quote = quote < 0 ? Infinity : quote;
      }
      let end = line;
      if (this.#quote < line) {
        end = this.#quotedEnd(window, at, to, eof);
        if (end === MORE) {
          if (to - at < this.longest) return false;
          end = line;
        } else if (end === BROKEN) end = line;
      }
      this.openEnded = end === to && window[to - 1] !== LF;
      this.start = at;
      this.end = end > at && window[end - 1] === CR ? end - 1 : end;
      this.resume = Math.min(end + 1, to);
      if (this.end > this.start) return true;
    }
    this.resume = to;
    return false;
  }

  /** The end of a record that has quotes: the position of its LF or the window's end. */
  #quotedEnd(window: Buffer, from: number, to: number, eof: boolean): number {
    let at = from;
    while (at < to) {
      if (window[at] === QUOTE) {
        at = closingQuote(window, at + 1, to);
        if (at < 0) return eof ? BROKEN : MORE;
        at++;
        if (at >= to) return eof ? to : MORE;
        if (window[at] === CR) {
          at++;
          if (at >= to) return eof ? to : MORE;
          if (window[at] !== LF) return BROKEN;
        }
        if (window[at] === LF) return at;
        if (window[at] !== this.#delimiter) return BROKEN;
      } else {
        while (at < to && window[at] !== this.#delimiter && window[at] !== LF) at++;
        if (at < to && window[at] === LF) return at;
        if (at >= to) return eof ? to : MORE;
      }
      at++;
    }
    return eof ? to : MORE;
  }
}

const MORE = -1;
const BROKEN = -2;

function closingQuote(window: Buffer, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (window[at] !== QUOTE) continue;
    if (at + 1 < to && window[at + 1] === QUOTE) at++;
    else return at;
  }
  return -1;
}
