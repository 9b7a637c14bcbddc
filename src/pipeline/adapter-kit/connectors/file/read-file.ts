import type { FileHandle } from 'node:fs/promises';
import { FatalError } from '../../../../platform/kernel/index.js';
import type { Splitter } from './splitter.js';

/** A stretch of records of one file. */
export interface Stretch {
  records: Uint8Array[];
  /** Byte offset behind the last record. */
  offset: number;
  last: boolean;
}

const CHUNK = 512 << 10;
/** A single record beyond this is no record: the file is not of the declared format. */
const LONGEST = 16 << 20;

/**
 * Reads a file in place from `offset` up to `size` in stretches of at most `pageSize` records, with bounded memory: one
 * window of the file, kept alive only by the records that lie in it.
 *
 * @throws FatalError CONNECTOR_FILE_CHANGED when the file became shorter, CONNECTOR_RECORD_TOO_LONG.
 */
export async function* readStretches(
  handle: FileHandle,
  splitter: Splitter,
  range: { offset: number; size: number; stream: string; file: string },
  pageSize: number,
  signal: AbortSignal,
): AsyncGenerator<Stretch> {
  const where = { stream: range.stream, file: range.file };
  let window = Buffer.allocUnsafeSlow(0);
  let windowAt = range.offset;
  let from = 0;
  let pending: Stretch | null = null;
  let records: Uint8Array[] = [];
  for (;;) {
    const eof = windowAt + window.length >= range.size;
    while (splitter.next(window, from, window.length, eof)) {
      from = splitter.resume;
      // A view on the window's memory: nothing is copied, and a page keeps only its own windows alive.
      records.push(new Uint8Array(window.buffer, window.byteOffset + splitter.start, splitter.end - splitter.start));
      if (records.length < pageSize) continue;
      if (pending) yield pending;
      signal.throwIfAborted();
      pending = { records, offset: windowAt + from, last: false };
      records = [];
    }
    // What lies before `resume` (blank lines, elements around the records) need not be looked at again.
    from = Math.max(from, splitter.resume);
    if (eof) break;
    signal.throwIfAborted();
    const rest = window.length - from;
    if (rest > LONGEST) throw new FatalError('CONNECTOR_RECORD_TOO_LONG', { origin: 'source', where });
    const next = Buffer.allocUnsafeSlow(rest + Math.min(Math.max(CHUNK, rest), range.size - windowAt - window.length));
    window.copy(next, 0, from);
    await fill(handle, next, rest, windowAt + window.length, where);
    windowAt += from;
    window = next;
    from = 0;
    splitter.resume = 0;
    splitter.moved();
  }
  const final: Stretch = { records, offset: range.size, last: true };
  if (pending) {
    if (records.length === 0) final.records = pending.records;
    else yield pending;
  }
  yield final;
}

async function fill(
  handle: FileHandle,
  target: Buffer,
  at: number,
  position: number,
  where: { stream: string; file: string },
): Promise<void> {
  while (at < target.length) {
    const { bytesRead } = await handle.read(target, at, target.length - at, position);
    if (bytesRead === 0) throw new FatalError('CONNECTOR_FILE_CHANGED', { origin: 'source', where });
    at += bytesRead;
    position += bytesRead;
  }
}
