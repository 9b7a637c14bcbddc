const NUMBER = 0x7fffffff;
const FRESH = ~NUMBER;

/**
 * The hashes of a stream's live source rows, held in the process: keyed 16-byte hash → the row's dense number.
 * Open addressing over one Uint32Array (20 bytes a slot), because a Map of strings would cost ten times as much
 * and a look-up here decides for every record read whether it must be parsed at all. The top bit of a number says that
 * the hash was added by the scan now running, not loaded from the store.
 */
export class RawSet {
  #slots: Uint32Array;
  #mask: number;
  #size = 0;
  /** Numbers whose hash another row has taken: the same bytes under another key. */
  readonly #displaced: number[] = [];

  constructor(expected = 0) {
    let capacity = 1024;
    while (capacity < expected * 2) capacity *= 2;
    this.#slots = new Uint32Array(capacity * 5);
    this.#mask = capacity - 1;
  }

  get size(): number {
    return this.#size;
  }

  /** The row number of a hash, or -1. */
  find(hash: Buffer): number {
    const slot = this.#slot(hash.readUInt32LE(0), hash.readUInt32LE(4), hash.readUInt32LE(8), hash.readUInt32LE(12));
    return (this.#slots[slot * 5 + 4]! & NUMBER) - 1;
  }

  /** Whether the hash was added as fresh, by the scan now running. */
  isFresh(hash: Buffer): boolean {
    const slot = this.#slot(hash.readUInt32LE(0), hash.readUInt32LE(4), hash.readUInt32LE(8), hash.readUInt32LE(12));
    return this.#slots[slot * 5 + 4]! > NUMBER;
  }

  /** Adds a hash with its row number (≥ 0); a hash already there gets the new number. */
  add(hash: Buffer, n: number, fresh = false): void {
    if ((this.#size + 1) * 2 > this.#mask + 1) this.#grow();
    this.#put(
      hash.readUInt32LE(0),
      hash.readUInt32LE(4),
      hash.readUInt32LE(8),
      hash.readUInt32LE(12),
      (n + 1) | (fresh ? FRESH : 0),
    );
  }

  /** Every row number in the set, those whose hash another row has taken included. */
  *numbers(): Generator<number> {
    yield* this.#displaced;
    for (let at = 4; at < this.#slots.length; at += 5) if (this.#slots[at] !== 0) yield (this.#slots[at]! & NUMBER) - 1;
  }

  #slot(a: number, b: number, c: number, d: number): number {
    const slots = this.#slots;
    let slot = (a ^ Math.imul(b, 0x9e3779b1)) & this.#mask;
    for (;;) {
      const at = slot * 5;
      if (slots[at + 4] === 0) return slot;
      if (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c && slots[at + 3] === d) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }

  #put(a: number, b: number, c: number, d: number, stored: number): void {
    const at = this.#slot(a, b, c, d) * 5;
    const before = this.#slots[at + 4]!;
    if (before === 0) this.#size++;
    else if (before <= NUMBER && before !== (stored & NUMBER)) this.#displaced.push(before - 1);
    this.#slots[at] = a;
    this.#slots[at + 1] = b;
    this.#slots[at + 2] = c;
    this.#slots[at + 3] = d;
    this.#slots[at + 4] = stored;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    this.#mask = this.#mask * 2 + 1;
    this.#size = 0;
    for (let at = 0; at < old.length; at += 5) {
      if (old[at + 4] !== 0) this.#put(old[at]!, old[at + 1]!, old[at + 2]!, old[at + 3]!, old[at + 4]!);
    }
  }
}
