import type { Splitter } from './splitter.js';

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;

/**
 * XML: a record is one `<recordElement>…</recordElement>`, wherever it lies; what is around it is passed over. Works on
 * bytes: `<` never is part of a longer character in UTF-8 or GB18030, and what follows it in a tag is ASCII.
 * Comments and CDATA sections are stepped over as wholes, so a tag inside them is text.
 */
export class XmlSplitter implements Splitter {
  start = 0;
  end = 0;
  resume = 0;
  /** An element has an end of its own: never. */
  readonly openEnded = false;
  #name: Buffer;

  constructor(
    recordElement: string,
    private readonly gb18030: boolean,
  ) {
    this.#name = Buffer.from(recordElement, 'latin1');
  }

  moved(): void {}

  next(window: Buffer, from: number, to: number, _eof: boolean): boolean {
    this.resume = from;
    for (let at = from; ;) {
      const tag = this.#tag(window, at, to);
      if (!tag) return false;
      at = tag.end;
      if (tag.kind === 'open' && tag.isRecord) {
        const end = tag.selfClosing ? tag.end : this.#recordEnd(window, tag.end, to);
        if (end < 0) return false;
        this.start = tag.at;
        this.end = end;
        this.resume = end;
        return true;
      }
      this.resume = at;
    }
  }

  #recordEnd(window: Buffer, from: number, to: number): number {
    for (let at = from, open = 1; ;) {
      const tag = this.#tag(window, at, to);
      if (!tag) return -1;
      at = tag.end;
      if (!tag.isRecord || tag.selfClosing) continue;
      open += tag.kind === 'open' ? 1 : -1;
      if (open === 0) return at;
    }
  }

  /** The next tag at or behind `from`, comments, CDATA, declarations and instructions passed over; null = not in the window. */
  #tag(window: Buffer, from: number, to: number): Tag | null {
    for (let search = from; ;) {
      const at = window.indexOf(LT, search);
      if (at < 0 || at + 9 > to) return at >= 0 && at < to ? this.#short(window, at, to) : null;
      const second = window[at + 1];
      if (second === 0x21 || second === 0x3f) {
        const end = this.#passOver(window, at, to);
        if (end < 0) return null;
        search = end;
        continue;
      }
      return this.#readTag(window, at, to);
    }
  }

  /** Fewer than nine bytes left: only a short end tag can be whole. */
  #short(window: Buffer, at: number, to: number): Tag | null {
    const second = window[at + 1];
    return second === 0x21 || second === 0x3f ? null : this.#readTag(window, at, to);
  }

  #readTag(window: Buffer, at: number, to: number): Tag | null {
    const end = tagEnd(window, at, to);
    if (end < 0) return null;
    const closing = window[at + 1] === SLASH;
    const nameAt = at + (closing ? 2 : 1);
    const after = window[nameAt + this.#name.length];
    const isRecord =
      window.compare(this.#name, 0, this.#name.length, nameAt, nameAt + this.#name.length) === 0 &&
      (after === GT || after === SLASH || (after !== undefined && after <= 0x20));
    return { at, end: end + 1, kind: closing ? 'close' : 'open', selfClosing: window[end - 1] === SLASH, isRecord };
  }

  #passOver(window: Buffer, at: number, to: number): number {
    if (window[at + 1] === 0x3f) return after(window, '?>', at + 2, to);
    if (window[at + 2] === 0x2d) return after(window, '-->', at + 4, to);
    if (window[at + 2] === 0x5b) return this.#cdataEnd(window, at + 9, to);
    return after(window, '>', at + 2, to);
  }

  /** `]` can be the second byte of a GB18030 character: such a `]]>` is no end. */
  #cdataEnd(window: Buffer, from: number, to: number): number {
    for (let end = after(window, ']]>', from, to); end >= 0; end = after(window, ']]>', end - 2, to))
      if (!this.gb18030 || startsCharacter(window, from, end - 3)) return end;
    return -1;
  }
}

interface Tag {
  at: number;
  end: number;
  kind: 'open' | 'close';
  selfClosing: boolean;
  isRecord: boolean;
}

function after(window: Buffer, sign: string, from: number, to: number): number {
  const at = window.indexOf(sign, from, 'latin1');
  return at < 0 || at + sign.length > to ? -1 : at + sign.length;
}

/** `>` inside a quoted attribute value does not end the tag. */
function tagEnd(window: Buffer, at: number, to: number): number {
  let quote = 0;
  for (let i = at + 1; i < to; i++) {
    const byte = window[i]!;
    if (quote !== 0) quote = byte === quote ? 0 : quote;
    else if (byte === 0x22 || byte === 0x27) quote = byte;
    else if (byte === GT) return i;
  }
  return -1;
}

function startsCharacter(window: Buffer, from: number, position: number): boolean {
  let at = from;
  while (at < position) {
    if (window[at]! < 0x80) at++;
    else at += window[at + 1]! >= 0x30 && window[at + 1]! <= 0x39 ? 4 : 2;
  }
  return at === position;
}
