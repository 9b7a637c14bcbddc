import type { CompiledMapping, Conformed, StandardRecord, Validity } from '../conform/index.js';
import { IsthmusError } from '../../platform/kernel/index.js';
import type { SourceConnection, SourceRow } from './contract.js';
import { readyAdapter } from './load-adapter.js';
import { openSource } from './open-source.js';

export type PreviewState = 'accepted' | 'warning' | 'deleted' | 'skipped' | 'rejected';

/** Why a row was not simply accepted; names, places and shapes only, never a value. */
export interface PreviewProblem {
  code: string;
  /** JSON pointer into the raw record, or the field of the mapped record a warning is about. */
  pointer: string;
  params: Record<string, string | number>;
}

/** One source record side by side: as it came, as it would be stored, and what is wrong with it. */
export interface PreviewRow {
  stream: string;
  /** null when the record's bytes cannot be read. */
  raw: SourceRow | null;
  state: PreviewState;
  key: string | null;
  records: StandardRecord[];
  validity: Validity | null;
  problems: PreviewProblem[];
}

export interface PreviewCounts {
  read: number;
  accepted: number;
  warnings: number;
  rejected: number;
  skipped: number;
  deleted: number;
}

export interface Preview {
  adapter: string;
  version: string;
  streams: { stream: string; rows: PreviewRow[]; counts: PreviewCounts; expectedTotal: number | null }[];
  summary: PreviewCounts;
}

export interface PreviewOptions {
  /** Only these streams; all when left out. */
  streams?: readonly string[];
  signal?: AbortSignal;
}

/**
 * Reads the first `rows` records of each stream and maps them. Writes nothing, moves no cursor: it opens the source by
 * itself and knows neither store nor queue. The result holds personal data and is for the operator's eyes only.
 *
 * @throws the errors of `readyAdapter` and `openSource`; the connector's when the source cannot be read.
 */
export async function previewAdapter(
  directory: string,
  settings: Readonly<Record<string, unknown>>,
  rows: number,
  options: PreviewOptions = {},
): Promise<Preview> {
  const { manifest, mappings } = readyAdapter(directory);
  const signal = options.signal ?? new AbortController().signal;
  const connection = await openSource(manifest, settings);
  const preview: Preview = { adapter: manifest.id, version: manifest.version, streams: [], summary: zero() };
  try {
    for (const { name } of manifest.streams) {
      if (options.streams && !options.streams.includes(name)) continue;
      const stream = await previewStream(connection, name, mappings.get(name)!, rows, signal);
      preview.streams.push(stream);
      for (const term of Object.keys(preview.summary) as (keyof PreviewCounts)[])
        preview.summary[term] += stream.counts[term];
    }
    return preview;
  } finally {
    await connection.close();
  }
}

async function previewStream(
  connection: SourceConnection,
  stream: string,
  mapping: CompiledMapping,
  limit: number,
  signal: AbortSignal,
): Promise<Preview['streams'][number]> {
  const rows: PreviewRow[] = [];
  let expectedTotal: number | null = null;
  for await (const page of connection.read({ stream, checkpoint: null, pageSize: limit, signal })) {
    expectedTotal = page.expectedTotal ?? expectedTotal;
    for (const record of page.records.slice(0, limit - rows.length))
      rows.push(previewRow(connection, stream, mapping, record));
    if (rows.length >= limit) break;
  }
  const counts = zero();
  for (const row of rows) {
    counts.read++;
    counts[row.state === 'warning' ? 'accepted' : row.state]++;
    if (row.state === 'warning') counts.warnings++;
  }
  return { stream, rows, counts, expectedTotal };
}

function previewRow(
  connection: SourceConnection,
  stream: string,
  mapping: CompiledMapping,
  record: Uint8Array,
): PreviewRow {
  const row: PreviewRow = {
    stream,
    raw: null,
    state: 'rejected',
    key: null,
    records: [],
    validity: null,
    problems: [],
  };
  try {
    row.raw = connection.parse(stream, record);
  } catch (error) {
    if (!(error instanceof IsthmusError)) throw error;
    row.problems.push({ code: error.code, pointer: '', params: error.params });
    return row;
  }
  return judge(row, mapping.conform(row.raw));
}

function judge(row: PreviewRow, made: Conformed): PreviewRow {
  row.key = made.key;
  switch (made.kind) {
    case 'rejected': {
      const { code, pointer, shape } = made.rejection;
      const reason = (made.rejection as { reason?: string }).reason;
      row.problems.push({ code, pointer, params: reason === undefined ? { shape } : { shape, reason } });
      return row;
    }
    case 'skipped':
      row.state = 'skipped';
      row.problems.push({ code: 'ADAPTER_ROW_SKIPPED', pointer: '', params: { reason: made.reason } });
      return row;
    case 'deleted':
      row.state = 'deleted';
      return row;
    case 'records': {
      row.records = made.records;
      row.validity = made.validity;
      row.problems = made.records.flatMap((record) =>
        Object.entries(record.states ?? {}).map(([field, state]) => ({
          code: 'ADAPTER_FIELD_STATE',
          pointer: `${record.entity}.${field}`,
          params: { field: `${record.entity}.${field}`, state },
        })),
      );
      row.state = row.problems.some((problem) => problem.params['state'] !== 'EMPTY') ? 'warning' : 'accepted';
      return row;
    }
  }
}

const zero = (): PreviewCounts => ({ read: 0, accepted: 0, warnings: 0, rejected: 0, skipped: 0, deleted: 0 });
