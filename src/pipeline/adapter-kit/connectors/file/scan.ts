import { open, type FileHandle } from 'node:fs/promises';
import { FatalError, SkippableError } from '../../../../platform/kernel/index.js';
import type { Page, ReadRequest } from '../../contract.js';
import type { FileBlock } from './block.js';
import { readPosition, writePosition, type FilePosition } from './checkpoint.js';
import { completeDeliveries, nothingComplete, type Delivery } from './deliveries.js';
import { detectEncoding } from './encoding.js';
import { readLayout, type Layout } from './layout.js';
import { parseRecord } from './parse-record.js';
import { readStretches } from './read-file.js';
import { CsvSplitter } from './split-csv.js';
import { LineSplitter } from './split-lines.js';
import { XmlSplitter } from './split-xml.js';
import type { Splitter } from './splitter.js';

/** Learns which layout the records of a file have, before any of them is delivered. */
export type OnLayout = (layout: Layout) => void;

/**
 * The pages of a file stream from a checkpoint on. `latest`: the newest complete file (a resumed scan stays with its own
 * file). `each`: the checkpoint's file to its end, then every later one; nothing new = one empty last page.
 */
export async function* scan(
  directory: string,
  block: FileBlock,
  request: ReadRequest,
  onLayout: OnLayout,
  bind: (page: Page, layout: Layout) => void,
): AsyncGenerator<Page> {
  const from = readPosition(request.checkpoint, request.stream);
  const todo = await choose(directory, block, from, request.stream);
  if (todo.length === 0) {
    yield { records: [], checkpoint: request.checkpoint!, last: true };
    return;
  }
  for (const [index, delivery] of todo.entries()) {
    const resumed = from?.file === delivery.name ? from : null;
    for await (const { page, layout } of scanFile(delivery, block, resumed, request, onLayout)) {
      if (index < todo.length - 1) page.last = false;
      if (block.take === 'latest' && delivery.rows !== undefined) page.expectedTotal = delivery.rows;
      bind(page, layout);
      yield page;
    }
  }
}

async function choose(
  directory: string,
  block: FileBlock,
  from: FilePosition | null,
  stream: string,
): Promise<Delivery[]> {
  const complete = await completeDeliveries(directory, block, stream);
  const changed = (file: string): FatalError =>
    new FatalError('CONNECTOR_FILE_CHANGED', { origin: 'source', where: { stream, file } });
  const started = from && complete.find((delivery) => delivery.name === from.file);
  if (started && started.size !== from.size) throw changed(started.name);
  if (block.take === 'latest') {
    if (from && !started) throw changed(from.file);
    const chosen = started ?? complete.at(-1);
    return chosen ? [chosen] : await nothingComplete(directory, block, stream);
  }
  if (complete.length === 0 && !from) return await nothingComplete(directory, block, stream);
  return complete.filter(
    (delivery) => !from || delivery.name > from.file || (delivery === started && from.offset < from.size),
  );
}

async function* scanFile(
  delivery: Delivery,
  block: FileBlock,
  resumed: FilePosition | null,
  request: ReadRequest,
  onLayout: OnLayout,
): AsyncGenerator<{ page: Page; layout: Layout }> {
  const { stream } = request;
  const where = { stream, file: delivery.name };
  const handle = await openFile(delivery, stream);
  try {
    const detected = await detectEncoding(handle, block.encoding, delivery.name);
    const layout = await readLayout(handle, block, detected, { ...where, size: delivery.size });
    onLayout(layout);
    const splitter = splitterOf(block, layout);
    const range = { ...where, offset: resumed?.offset ?? layout.begin, size: delivery.size };
    let rows = resumed?.rows ?? 0;
    for await (const stretch of readStretches(handle, splitter, range, request.pageSize, request.signal)) {
      rows += stretch.records.length;
      if (stretch.last) requireWhole(delivery, rows, splitter, stretch.records.at(-1), layout, block, stream);
      const checkpoint = writePosition({ file: delivery.name, offset: stretch.offset, rows, size: delivery.size });
      yield { page: { records: stretch.records, checkpoint, last: stretch.last }, layout };
    }
  } finally {
    await handle.close();
  }
}

async function openFile(delivery: Delivery, stream: string): Promise<FileHandle> {
  try {
    return await open(delivery.path, 'r');
  } catch (cause) {
    throw new FatalError('CONNECTOR_FILE_UNREADABLE', {
      origin: 'source',
      where: { stream, file: delivery.name },
      cause,
    });
  }
}

export function splitterOf(block: FileBlock, layout: Layout): Splitter {
  if (block.format === 'csv') return new CsvSplitter(block.delimiter);
  if (block.format === 'jsonl') return new LineSplitter();
  return new XmlSplitter(block.recordElement!, layout.encoding === 'gb18030');
}

/** A count that differs from the marker's, or a last record that is cut off: the rows behind it are missing. */
function requireWhole(
  delivery: Delivery,
  rows: number,
  splitter: Splitter,
  lastRecord: Uint8Array | undefined,
  layout: Layout,
  block: FileBlock,
  stream: string,
): void {
  const where = { stream, file: delivery.name };
  if (delivery.rows !== undefined) {
    if (rows === delivery.rows) return;
    throw new FatalError('CONNECTOR_ROW_COUNT', {
      origin: 'source',
      where,
      params: { found: rows, expected: delivery.rows },
    });
  }
  if (!splitter.openEnded || !lastRecord) return;
  try {
    parseRecord(lastRecord, layout, block, stream);
  } catch (cause) {
    if (cause instanceof SkippableError) throw new FatalError('CONNECTOR_FILE_TRUNCATED', { origin: 'source', where });
    throw cause;
  }
}
