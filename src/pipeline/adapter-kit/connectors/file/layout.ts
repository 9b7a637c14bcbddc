import type { FileHandle } from 'node:fs/promises';
import { FatalError } from '../../../../platform/kernel/index.js';
import { decodeStrictly } from '../decode.js';
import type { FileBlock } from './block.js';
import type { DetectedEncoding, Encoding } from './encoding.js';
import { splitCells } from './parse-csv.js';
import { CsvSplitter } from './split-csv.js';

/** What is needed to read one file's records: fixed for the file, may differ between files of a stream. */
export interface Layout {
  encoding: Encoding;
  /** CSV only. */
  columns: string[];
  /** Byte offset of the first record. */
  begin: number;
}

const HEAD = 256 << 10;
const TAIL = 4096;

/**
 * Reads a file's head: the CSV header row, or what an XML document needs to be whole.
 * @throws FatalError CONNECTOR_HEADER, CONNECTOR_FILE_TRUNCATED, CONNECTOR_XML.
 */
export async function readLayout(
  handle: FileHandle,
  block: FileBlock,
  detected: DetectedEncoding,
  at: { stream: string; file: string; size: number },
): Promise<Layout> {
  const where = { stream: at.stream, file: at.file };
  const plain: Layout = { encoding: detected.encoding, columns: block.columns ?? [], begin: detected.bom };
  if (block.format === 'jsonl' || (block.format === 'csv' && block.columns)) return plain;
  const head = await readAt(handle, detected.bom, Math.min(HEAD, at.size - detected.bom));
  if (block.format === 'xml') {
    await requireWholeXml(handle, head.toString('latin1'), at);
    return plain;
  }
  const splitter = new CsvSplitter(block.delimiter);
  if (!splitter.next(head, 0, head.length, true)) throw new FatalError('CONNECTOR_HEADER', { origin: 'source', where });
  const columns = headerCells(head.subarray(splitter.start, splitter.end), block, detected.encoding, where);
  return { ...plain, columns, begin: detected.bom + splitter.resume };
}

function headerCells(
  bytes: Buffer,
  block: FileBlock,
  encoding: Encoding,
  where: { stream: string; file: string },
): string[] {
  let columns: string[] = [];
  try {
    columns = splitCells(decodeStrictly(bytes, encoding, where.stream), block.delimiter, where.stream);
  } catch {
    // an unreadable header is the same trouble as a missing one
  }
  columns = columns.map((name) => name.trim());
  if (columns.length === 0 || columns.includes('') || new Set(columns).size < columns.length)
    throw new FatalError('CONNECTOR_HEADER', { origin: 'source', where });
  return columns;
}

/** The root's end tag must stand at the file's end; a DOCTYPE is refused (entities, external files). */
async function requireWholeXml(
  handle: FileHandle,
  head: string,
  at: { stream: string; file: string; size: number },
): Promise<void> {
  const where = { stream: at.stream, file: at.file };
  const root = /<([^\s?!/>]+)[^<]*>/.exec(head.replace(/<!--[\s\S]*?-->/g, ''))?.[1];
  if (!root || /<!DOCTYPE/i.test(head)) throw new FatalError('CONNECTOR_XML', { origin: 'source', where });
  const tail = (await readAt(handle, Math.max(0, at.size - TAIL), Math.min(TAIL, at.size))).toString('latin1');
  const end = tail.replace(/<!--[\s\S]*?-->/g, '').trimEnd();
  const whole = end.endsWith('>') && end.slice(0, -1).trimEnd().endsWith(`</${root}`);
  const empty =
    end.endsWith('/>') &&
    !head
      .trimEnd()
      .slice(0, -2)
      .includes('<', head.indexOf(`<${root}`) + 1);
  if (!whole && !empty) throw new FatalError('CONNECTOR_FILE_TRUNCATED', { origin: 'source', where });
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, length));
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, position);
  return bytes.subarray(0, bytesRead);
}
