import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What must not be found, and how it is looked for. */
export interface Forbidden {
  /** ID numbers as people write them: 18 characters, or 15 digits. */
  idNumbers: readonly string[];
  /** Tokens, passwords: any bytes. */
  secrets: readonly string[];
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const LONGEST_SECRET = 512;

/**
 * Looks for forbidden text in bytes of any kind. ID numbers are found by their first 17 digits (so a wrong check digit
 * hides nothing) and in their 15-digit form, each anywhere in a run of digits; secrets by their bytes, also as UTF-16,
 * base64 and hex.
 */
export class ByteScanner {
  readonly #seventeen: Set<string>;
  readonly #fifteen: Set<string>;
  readonly #secrets: { secret: string; forms: Buffer[] }[];
  /** Findings by what they are; never the value itself. */
  readonly found = { idNumber: 0, oldNumber: 0, secret: 0 };
  readonly where = new Set<string>();
  bytes = 0;

  constructor(forbidden: Forbidden) {
    this.#seventeen = new Set(forbidden.idNumbers.map((no) => no.slice(0, 17)));
    this.#fifteen = new Set(forbidden.idNumbers.map((no) => no.slice(0, 6) + no.slice(8, 17)));
    this.#secrets = forbidden.secrets.map((secret) => ({
      secret,
      forms: [
        Buffer.from(secret),
        Buffer.from(secret, 'utf16le'),
        Buffer.from(Buffer.from(secret).toString('hex')),
        // Without the last group, whose letters depend on what follows.
        Buffer.from(Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(0, -2)),
      ],
    }));
  }

  get total(): number {
    return this.found.idNumber + this.found.oldNumber + this.found.secret;
  }

  /** Scans one piece of text or bytes that stands alone. */
  take(chunk: Buffer, place: string): void {
    const before = this.total;
    this.bytes += chunk.length;
    this.#digits(chunk);
    for (const { forms } of this.#secrets) if (forms.some((form) => chunk.includes(form))) this.found.secret++;
    if (this.total > before) this.where.add(place);
  }

  #digits(chunk: Buffer): void {
    const { length } = chunk;
    // A run of 15 digits has a digit at every 15th place: most bytes are never looked at.
    let at = 14;
    while (at < length) {
      if (!isDigit(chunk[at]!)) {
        at += 15;
        continue;
      }
      let from = at;
      while (from > 0 && isDigit(chunk[from - 1]!)) from--;
      let to = at + 1;
      while (to < length && isDigit(chunk[to]!)) to++;
      if (to - from >= 15) this.#run(chunk.toString('latin1', from, to));
      at = to + 15;
    }
  }

  #run(run: string): void {
    for (let at = 0; at + 15 <= run.length; at++) {
      if (this.#fifteen.has(run.slice(at, at + 15))) this.found.oldNumber++;
      if (at + 17 <= run.length && this.#seventeen.has(run.slice(at, at + 17))) this.found.idNumber++;
    }
  }

  /** Scans a file in pieces that overlap by the longest secret. */
  async file(path: string): Promise<void> {
    let tail: Buffer = Buffer.alloc(0);
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      const chunk = tail.length ? Buffer.concat([tail, piece]) : piece;
      this.take(chunk, path);
      tail = Buffer.from(chunk.subarray(Math.max(0, chunk.length - LONGEST_SECRET)));
    }
  }

  /** Scans every file below a directory, but for those left out on purpose. @returns how many. */
  async directory(path: string, leaveOut: (path: string) => boolean = () => false): Promise<number> {
    let files = 0;
    for (const name of readdirSync(path)) {
      const inside = join(path, name);
      if (leaveOut(inside)) continue;
      const stat = statSync(inside, { throwIfNoEntry: false });
      if (stat?.isDirectory()) files += await this.directory(inside, leaveOut);
      else if (stat?.isFile()) {
        await this.file(inside).catch((error: NodeJS.ErrnoException) => {
          // A temporary file of the running server may go while we look.
          if (error.code !== 'ENOENT') throw error;
        });
        files++;
      }
    }
    return files;
  }
}
