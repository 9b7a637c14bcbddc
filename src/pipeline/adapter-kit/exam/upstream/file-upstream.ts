import iconv from 'iconv-lite';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AdapterManifest, SourceRow, StreamManifest } from '../../contract.js';
import { asText, fieldNames, type Upstream } from './upstream.js';
import { xmlElement } from './write-xml.js';

interface Block {
  pattern: string;
  format?: string;
  encoding?: string;
  delimiter?: string;
  columns?: string[];
  marker?: string;
  recordElement?: string;
}

/** A drop folder of its own in the system's temporary directory. */
export function fileUpstream(manifest: AdapterManifest): Upstream {
  const directory = mkdtempSync(join(tmpdir(), 'isthmus-exam-'));
  const blockOf = (stream: string): Block => ({
    ...(manifest['encoding'] === undefined ? {} : { encoding: String(manifest['encoding']) }),
    ...(manifest.streams.find(({ name }) => name === stream)!['file'] as Block),
  });
  const order = manifest.streams.map((stream: StreamManifest) => stream.name);
  const columns = new Map<string, string[]>();
  let delivery = 0;

  const write = (stream: string, rows: readonly SourceRow[], bad: boolean, misencoded: boolean): void => {
    const block = blockOf(stream);
    const declared = block.encoding ?? 'auto';
    const encoding = misencoded
      ? declared === 'utf-8'
        ? 'gb18030'
        : 'utf8'
      : declared === 'gb18030'
        ? 'gb18030'
        : 'utf8';
    const name = fileName(block.pattern, `${order.indexOf(stream)}${String(++delivery).padStart(7, '0')}`);
    for (const old of readdirSync(directory))
      if (old.startsWith(stem(block.pattern, order.indexOf(stream)))) rmSync(join(directory, old));
    const texts = rows.map((row) => recordText(row, block, columns.get(stream)!));
    if (bad) texts.splice(Math.ceil(texts.length / 2), 0, badRecord(block));
    writeFileSync(
      join(directory, name),
      iconv.encode(documentOf(texts, block, columns.get(stream)!, encoding), encoding),
    );
    if (block.marker) writeFileSync(join(directory, name + block.marker), `rows=${texts.length}`);
  };
  const learn = (stream: string, rows: readonly SourceRow[]): void => {
    // Without a header a further column can only stand at the end.
    columns.set(stream, [...new Set([...(blockOf(stream).columns ?? []), ...fieldNames(rows)])]);
  };

  return {
    manifest,
    settings: { directory },
    refused: { directory: join(directory, 'none') },
    serve: async (stream, rows) => {
      learn(stream, rows);
      write(stream, rows, false, false);
    },
    wire: (stream, row) => {
      const { format } = blockOf(stream);
      if (format === 'jsonl') return row;
      if (format === 'xml') return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
      return Object.fromEntries(columns.get(stream)!.map((name) => [name, asText(row[name])]));
    },
    serveBad: async (stream, rows) => {
      learn(stream, rows);
      write(stream, rows, true, false);
      return true;
    },
    serveMisencoded: async (stream, rows) => {
      learn(stream, rows);
      if ((blockOf(stream).encoding ?? 'auto') === 'auto') return false;
      write(stream, rows, false, true);
      return true;
    },
    queryColumns: async () => null,
    close: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

const fileName = (pattern: string, stamp: string): string =>
  pattern.replace('*', stamp).replaceAll('*', '').replaceAll('?', '0');
const stem = (pattern: string, index: number): string =>
  fileName(pattern.slice(0, pattern.indexOf('*') + 1), String(index));

function recordText(row: SourceRow, block: Block, columns: string[]): string {
  if (block.format === 'jsonl') return JSON.stringify(row);
  if (block.format === 'xml') return xmlElement(block.recordElement!, row);
  const delimiter = block.delimiter ?? ',';
  return columns.map((name) => csvCell(asText(row[name]), delimiter)).join(delimiter);
}

const csvCell = (text: string, delimiter: string): string =>
  text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** A line with a quote that is never closed properly; half a JSON object; an element with an undefined entity. */
function badRecord(block: Block): string {
  if (block.format === 'jsonl') return '{"broken":';
  if (block.format === 'xml') return `<${block.recordElement!}><a>&undefined;</a></${block.recordElement!}>`;
  return '"broken"x';
}

function documentOf(texts: string[], block: Block, columns: string[], encoding: string): string {
  if (block.format === 'jsonl') return texts.map((text) => `${text}\n`).join('');
  if (block.format === 'xml') {
    const name = encoding === 'utf8' ? 'UTF-8' : 'GB18030';
    return `<?xml version="1.0" encoding="${name}"?>\n<records>\n${texts.join('\n')}\n</records>\n`;
  }
  const header = block.columns
    ? []
    : [columns.map((name) => csvCell(name, block.delimiter ?? ',')).join(block.delimiter ?? ',')];
  return [...header, ...texts].map((line) => `${line}\r\n`).join('');
}
