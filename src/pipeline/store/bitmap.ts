/** A growing set of row numbers, one bit each: which rows a scan has seen. Stored per page, so a killed scan goes on. */
export class Bitmap {
  #bytes = new Uint8Array(1024);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  has(n: number): boolean {
    return n >>> 3 < this.#bytes.length && (this.#bytes[n >>> 3]! & (1 << (n & 7))) !== 0;
  }

  /** Returns false when the number was there already. */
  add(n: number): boolean {
    const at = n >>> 3;
    if (at >= this.#bytes.length) this.#reserve(at + 1);
    const bit = 1 << (n & 7);
    if ((this.#bytes[at]! & bit) !== 0) return false;
    this.#bytes[at]! |= bit;
    this.#count++;
    return true;
  }

  delete(n: number): void {
    if (!this.has(n)) return;
    this.#bytes[n >>> 3]! &= ~(1 << (n & 7));
    this.#count--;
  }

  #reserve(length: number): void {
    const grown = new Uint8Array(Math.max(length, this.#bytes.length * 2));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

/**
 * Row numbers as bytes: ascending, as LEB128 differences. A page of rows in key order costs about a byte a row.
 */
export function encodeNumbers(numbers: readonly number[]): Buffer {
  const sorted = Int32Array.from(numbers).sort();
  const bytes = Buffer.allocUnsafe(sorted.length * 5);
  let at = 0;
  let last = 0;
  for (const n of sorted) {
    let difference = n - last;
    last = n;
    while (difference > 127) {
      bytes[at++] = (difference & 127) | 128;
      difference >>>= 7;
    }
    bytes[at++] = difference;
  }
  return bytes.subarray(0, at);
}

/** The inverse of `encodeNumbers`. */
export function decodeNumbers(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  let last = 0;
  let difference = 0;
  let shift = 0;
  for (const byte of bytes) {
    difference |= (byte & 127) << shift;
    shift += 7;
    if (byte < 128) {
      last += difference;
      numbers.push(last);
      difference = 0;
      shift = 0;
    }
  }
  return numbers;
}
