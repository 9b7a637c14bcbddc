import { from as copyFrom } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { Tx } from '../../platform/database/index.js';
import { encodeStates, type EntityName } from '../../standard/index.js';
import { copyBytes, copyText } from './copy-text.js';
import type { EncodedRecord } from './encode-record.js';
import { entityTable } from './entity-table.js';

/** What a row carries beside its fields. */
export interface RowPlace {
  stream: number;
  key: string;
  n: number;
  version: number;
  run: number;
  /** Hash of the source record on the carrier row, null on further rows. */
  raw: Buffer | null;
}

/** Rows on their way into one table, as COPY text in one growing buffer. */
export class RowBuffer {
  #bytes = Buffer.allocUnsafe(1 << 18);
  #length = 0;
  rows = 0;

  push(record: EncodedRecord, place: RowPlace, recordedAt: string): void {
    const { validity } = record;
    const current = !validity || (!validity.reversed && validity.to === null);
    const line = `${place.stream}\t${copyText(place.key)}\t${record.part}\t${place.n}\t${place.version}\t${place.run}\t${recordedAt}\t\\N\t${copyBytes(place.raw)}\t0\t${copyText(record.personKey)}\t${copyText(record.area)}\t${copyText(validity?.from)}\t${copyText(validity?.to)}\t${validity?.reversed ? 't' : 'f'}\t${current ? 't' : 'f'}\t${encodeStates(record.states) ?? '\\N'}\t${copyBytes(record.hash)}\t${record.cells.join('\t')}\n`;
    if (this.#length + line.length * 3 > this.#bytes.length) this.#grow(line.length * 3);
    this.#length += this.#bytes.write(line, this.#length);
    this.rows++;
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(need: number): void {
    const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + need));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

/** COPYs each buffer into its entity's table, or into the stage of the same shape. */
export async function copyRows(
  tx: Tx,
  buffers: ReadonlyMap<EntityName, RowBuffer>,
  into: 'table' | 'stage',
): Promise<void> {
  for (const [entity, buffer] of buffers) {
    const table = entityTable(entity);
    const stream = tx.client.query(copyFrom(`COPY ${table[into]} (${table.columnList}) FROM STDIN`));
    await pipeline(Readable.from([buffer.bytes()]), stream);
  }
}
