import { ConfigurationError } from '../../../../platform/kernel/index.js';
import type { StreamManifest } from '../../contract.js';

/** The `file:` block of a stream, with its defaults filled in. */
export interface FileBlock {
  /** Name pattern inside the directory: `*` and `?` only. */
  pattern: string;
  /** `latest`: the newest complete file is the whole stream. `each`: every file, in name order, is a delta. */
  take: 'latest' | 'each';
  format: 'csv' | 'jsonl' | 'xml';
  encoding: 'utf-8' | 'gb18030' | 'auto';
  delimiter: string;
  /** Column names of a CSV without a header row. */
  columns?: string[];
  /** Suffix of the marker that says a file is complete. */
  marker?: string;
  /** The marker holds `rows=<n>`. */
  markerRows: boolean;
  /** XML: the element that is one record. */
  recordElement?: string;
  /** ISO 8601 duration within which a complete delivery must have come. */
  expectedEvery?: string;
}

/** What the adapter's manifest says for all its file streams. */
type Defaults = Pick<Partial<FileBlock>, 'encoding' | 'expectedEvery'>;

/** The block of a stream of a validated manifest. @throws ConfigurationError ADAPTER_BLOCK. */
export function fileBlock(stream: StreamManifest, defaults: Defaults = {}): FileBlock {
  const given = stream['file'] as (Partial<FileBlock> & { pattern: string }) | undefined;
  const bad = (field: string): never => {
    throw new ConfigurationError('ADAPTER_BLOCK', { where: { stream: stream.name, field } });
  };
  if (!given) return bad('file');
  const block: FileBlock = {
    take: 'latest',
    format: 'csv',
    encoding: defaults.encoding ?? 'auto',
    delimiter: ',',
    markerRows: false,
    ...(defaults.expectedEvery === undefined ? {} : { expectedEvery: defaults.expectedEvery }),
    ...given,
  };
  if (block.format === 'xml' && !block.recordElement) bad('file.recordElement');
  // Only bytes below 0x40 (except digits) never occur inside a GB18030 character; 0x7C does.
  if (block.delimiter === '|' && block.encoding !== 'utf-8') bad('file.delimiter');
  return block;
}
