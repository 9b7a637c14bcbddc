import { setImmediate as yieldToSockets } from 'node:timers/promises';
import { SkippableError } from '../../platform/kernel/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import type { SourceConnection, SourceRow } from '../adapter-kit/index.js';
import type { CompiledMapping, Conformed, Rejection } from '../conform/index.js';
import {
  encodeRecord,
  LaneDigest,
  sealBody,
  type Bitmap,
  type Candidate,
  type EncodedRecord,
  type QuarantinedRecord,
  type RawSet,
} from '../store/index.js';

/** What a scan knows in the process; a failed attempt drops it and loads it anew. */
export interface ScanMemory {
  /** Source hashes of live rows. */
  raws: RawSet;
  /** False while the mapping is another than the one the stored hashes were made under. */
  trustRaws: boolean;
  /** Numbers of the rows this scan has met. */
  seen: Bitmap;
  /** Rows missed by earlier scans. */
  missed: Map<number, string>;
  /** Rows that this scan wrote or renewed: their bytes before it no longer say what they are. */
  rewritten: Bitmap;
  nextN: number;
  /** Records met before the page. */
  read: number;
}

/** A candidate with its bytes and its place in the scan (1 = the first record). */
export interface SourceCandidate extends Candidate {
  source: Uint8Array;
  row: number;
}

export interface ClassifiedPage {
  read: number;
  unchanged: number;
  /** Numbers of rows recognised by their bytes alone. */
  seenNumbers: number[];
  returned: string[];
  skipped: Record<string, number>;
  candidates: SourceCandidate[];
  deletes: { key: string; raw: Buffer }[];
  quarantined: QuarantinedRecord[];
  unreadableKeys: number;
  /** Sum of the hashes recognised as unchanged. */
  digest: LaneDigest;
}

/** A page of which nothing is decided yet. */
export const emptyPage = (read: number): ClassifiedPage => ({
  read,
  unchanged: 0,
  seenNumbers: [],
  returned: [],
  skipped: {},
  candidates: [],
  deletes: [],
  quarantined: [],
  unreadableKeys: 0,
  digest: new LaneDigest(),
});

export interface ClassifyTools {
  connection: Pick<SourceConnection, 'parse'>;
  mapping: CompiledMapping;
  keyring: Keyring;
  streamName: string;
  stream: number;
  /** An incremental stream tells of one key as often as it changed: the last word counts. */
  lastWins: boolean;
  /** Told of every record that was parsed. */
  onParsed?: ((row: SourceRow) => void) | undefined;
}

/** Records mapped between two looks at the sockets: the page before is on its way to the database meanwhile. */
const YIELD_EVERY = 128;

/**
 * Decides for each source record of a page what it is: unchanged by its bytes alone, or else parsed, mapped and
 * encoded as a candidate; or skipped, deleted, quarantined. Of two records under one key the first wins; the other is
 * skipped when it says the same, and quarantined when it does not.
 */
export async function classifyPage(
  records: readonly Uint8Array[],
  memory: ScanMemory,
  tools: ClassifyTools,
): Promise<ClassifiedPage> {
  const page = emptyPage(records.length);
  const keys = new Map<string, number>();
  let worked = 0;
  for (const record of records) {
    const raw = tools.keyring.rowHash(record);
    const n = memory.raws.find(raw);
    memory.read++;
    if (n >= 0 && (memory.trustRaws || memory.seen.has(n)) && !isSuperseded(memory, n, raw))
      recognise(page, memory, n, raw);
    else {
      take(page, memory, tools, keys, raw, record);
      if (++worked % YIELD_EVERY === 0) await yieldToSockets();
    }
  }
  return page;
}

/** Bytes of a row as it was before this scan rewrote it: no copy of what the scan accepted. */
const isSuperseded = (memory: ScanMemory, n: number, raw: Buffer): boolean =>
  memory.rewritten.has(n) && !memory.raws.isFresh(raw);

function recognise(page: ClassifiedPage, memory: ScanMemory, n: number, raw: Buffer): void {
  if (!memory.seen.add(n)) return skip(page, 'duplicate');
  page.unchanged++;
  page.seenNumbers.push(n);
  page.digest.add(raw);
  const returned = memory.missed.get(n);
  if (returned !== undefined) page.returned.push(returned);
}

function take(
  page: ClassifiedPage,
  memory: ScanMemory,
  tools: ClassifyTools,
  keys: Map<string, number>,
  raw: Buffer,
  source: Uint8Array,
): void {
  const conformed = conform(tools, source);
  const key =
    conformed.key === null
      ? null
      : tools.mapping.keyIsIdentifier
        ? tools.keyring.blindKey(conformed.key)
        : conformed.key;
  switch (conformed.kind) {
    case 'skipped':
      return skip(page, conformed.reason);
    case 'rejected':
      page.quarantined.push(quarantine(tools, raw, key, conformed.rejection, source));
      if (key === null) page.unreadableKeys++;
      return;
    case 'deleted':
      page.deletes.push({ key: key!, raw });
      return;
    case 'records': {
      const records = conformed.records.map((record) => encodeRecord(record, conformed.validity, tools.keyring));
      const before = keys.get(key!);
      if (before !== undefined && !tools.lastWins) {
        const first = page.candidates[before]!;
        if (saysTheSame(first.records, records)) return skip(page, 'duplicate');
        page.quarantined.push(quarantine(tools, raw, key, differs(memory.read, first.row), source));
        return;
      }
      const n = memory.nextN++;
      memory.seen.add(n);
      if (memory.raws.find(raw) < 0) memory.raws.add(raw, n, true);
      const candidate = { key: key!, raw, n, source, row: memory.read, records };
      if (before === undefined) keys.set(key!, page.candidates.push(candidate) - 1);
      else {
        page.candidates[before] = candidate;
        skip(page, 'superseded');
      }
    }
  }
}

const saysTheSame = (one: readonly EncodedRecord[], other: readonly EncodedRecord[]): boolean =>
  one.length === other.length && one.every((record, index) => record.hash.equals(other[index]!.hash));

/** Why a record is set aside whose key was taken, by other content, earlier in the same scan. */
export const differs = (row: number, first?: number): Rejection => ({
  code: 'DUPLICATE_KEY_DIFFERS',
  pointer: '',
  shape: first === undefined ? `row ${row}` : `row ${row}, first row ${first}`,
});

function conform(tools: ClassifyTools, source: Uint8Array): Conformed {
  try {
    const row = tools.connection.parse(tools.streamName, source);
    tools.onParsed?.(row);
    return tools.mapping.conform(row);
  } catch (error) {
    if (!(error instanceof SkippableError)) throw error;
    return {
      kind: 'rejected',
      key: null,
      rejection: { code: error.code, pointer: error.where.pointer ?? '', shape: 'unreadable' },
    };
  }
}

/** The source bytes stay for a later replay, sealed. */
export function quarantine(
  tools: Pick<ClassifyTools, 'keyring' | 'stream' | 'connection' | 'streamName'>,
  raw: Buffer,
  key: string | null,
  rejection: Rejection,
  source: Uint8Array,
): QuarantinedRecord {
  const row = readable(tools, source);
  return { raw, key, rejection, body: sealBody(tools.keyring, { stream: tools.stream, raw }, { bytes: source, row }) };
}

function readable(tools: Pick<ClassifyTools, 'connection' | 'streamName'>, source: Uint8Array): SourceRow | null {
  try {
    return tools.connection.parse(tools.streamName, source);
  } catch (error) {
    if (error instanceof SkippableError) return null;
    throw error;
  }
}

function skip(page: ClassifiedPage, reason: string): void {
  page.skipped[reason] = (page.skipped[reason] ?? 0) + 1;
}
