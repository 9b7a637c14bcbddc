const SLAB = 1 << 20;

/** Packs records given as text into shared slabs of UTF-8 bytes: one allocation for many records. */
export class RecordWriter {
  #slab = Buffer.allocUnsafeSlow(0);
  #at = 0;

  write(text: string): Uint8Array {
    // A UTF-16 unit takes three bytes of UTF-8 at most.
    const room = text.length * 3;
    if (this.#slab.length - this.#at < room) {
      this.#slab = Buffer.allocUnsafeSlow(Math.max(SLAB, room));
      this.#at = 0;
    }
    const length = this.#slab.write(text, this.#at, 'utf8');
    const record = new Uint8Array(this.#slab.buffer, this.#slab.byteOffset + this.#at, length);
    this.#at += length;
    return record;
  }
}
