import { SkippableError, type JsonValue } from '../../../../platform/kernel/index.js';
import type { SourceRow } from '../../contract.js';
import { decodeStrictly } from '../decode.js';
import { parseJson } from '../json.js';
import { parseXml, XmlError } from '../xml.js';
import type { FileBlock } from './block.js';
import type { Layout } from './layout.js';
import { splitCells } from './parse-csv.js';

/**
 * One record's bytes as a row.
 * @throws SkippableError CONNECTOR_RECORD_ENCODING, _QUOTING, _CELLS, _JSON, _XML: this record only is bad.
 */
export function parseRecord(record: Uint8Array, layout: Layout, block: FileBlock, stream: string): SourceRow {
  const text = decodeStrictly(record, layout.encoding, stream);
  switch (block.format) {
    case 'csv':
      return csvRow(text, layout.columns, block.delimiter, stream);
    case 'jsonl':
      return jsonRow(text, stream);
    case 'xml':
      return xmlRow(text, stream);
  }
}

function csvRow(text: string, columns: string[], delimiter: string, stream: string): SourceRow {
  const cells = splitCells(text, delimiter, stream);
  if (cells.length !== columns.length)
    throw new SkippableError('CONNECTOR_RECORD_CELLS', {
      origin: 'source',
      where: { stream },
      params: { found: cells.length, expected: columns.length },
    });
  const row: Record<string, string> = {};
  for (let i = 0; i < columns.length; i++) row[columns[i]!] = cells[i]!;
  return row;
}

function jsonRow(text: string, stream: string): SourceRow {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    // the parser's message quotes the text: it is not kept
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new SkippableError('CONNECTOR_RECORD_JSON', { origin: 'source', where: { stream } });
  return value as SourceRow;
}

function xmlRow(text: string, stream: string): SourceRow {
  try {
    const value = Object.values(parseXml(text))[0] as JsonValue;
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
    if (value === '') return {};
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
  }
  throw new SkippableError('CONNECTOR_RECORD_XML', { origin: 'source', where: { stream } });
}
