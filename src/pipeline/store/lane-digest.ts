/**
 * An order-free digest of a set of 16-byte keyed hashes: four 32-bit lanes, each the sum of the hashes' lanes
 * modulo 2^32. Equal sets give equal digests whatever the order, the pages or the worker; SQL can form the same
 * sum over a table (`laneDigestSql`).
 */
export class LaneDigest {
  readonly #lanes = new Uint32Array(4);

  add(hash: Buffer): void {
    const lanes = this.#lanes;
    lanes[0]! += hash.readUInt32BE(0);
    lanes[1]! += hash.readUInt32BE(4);
    lanes[2]! += hash.readUInt32BE(8);
    lanes[3]! += hash.readUInt32BE(12);
  }

  subtract(hash: Buffer): void {
    for (let lane = 0; lane < 4; lane++) this.#lanes[lane]! -= hash.readUInt32BE(lane * 4);
  }

  /** Adds another digest: digests of parts make the digest of the whole. */
  merge(digest: Uint8Array): void {
    this.add(Buffer.from(digest.buffer, digest.byteOffset, 16));
  }

  bytes(): Buffer {
    const out = Buffer.allocUnsafe(16);
    for (let lane = 0; lane < 4; lane++) out.writeUInt32BE(this.#lanes[lane]!, lane * 4);
    return out;
  }
}

/** SQL for the same digest over a bytea column, as four int8 sums named d0 … d3. */
export const laneDigestSql = (column: string): string =>
  [0, 1, 2, 3]
    .map((lane) => `coalesce(sum(substring(${column} FROM ${lane * 4 + 1} FOR 4)::int4::int8), 0)::text AS d${lane}`)
    .join(', ');

/** Turns the four sums of `laneDigestSql` into digest bytes. */
export function laneDigestOf(row: { d0: string; d1: string; d2: string; d3: string }): Buffer {
  const out = Buffer.allocUnsafe(16);
  [row.d0, row.d1, row.d2, row.d3].forEach((sum, lane) => {
    out.writeUInt32BE(Number(BigInt.asUintN(32, BigInt(sum))), lane * 4);
  });
  return out;
}
