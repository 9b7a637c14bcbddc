import type { JsonValue } from '../../platform/kernel/index.js';
import type { RequestGate, SourceLimits } from './resilience/index.js';
import type { PushManifest } from './push-manifest.js';
import type { OnDemandLimit, ServiceManifest, ServiceRequest } from './service-manifest.js';

/**
 * The contract every adapter is read through. A connector speaks one protocol; a manifest says which
 * system, streams and limits; a mapping says what the fields mean.
 *
 * Not in here on purpose: database, queue, leases, hashing, mapping, retries between pages. The engine owns
 * those. A connector reads, and says honestly whether what it read was complete.
 */

/** One source record, parsed. Field names are the source's own. XML text and CSV cells are strings. */
export type SourceRow = { readonly [field: string]: JsonValue };

/**
 * A position in a stream, opaque to the engine. A read that starts at a page's checkpoint delivers exactly
 * what came after that page (records may repeat, none may be missing).
 */
export type Checkpoint = string;

export interface Page {
  /** Each record in its cheapest stable byte form; equal bytes mean an unchanged record. */
  records: Uint8Array[];
  /** Where the next read goes on after this page. */
  checkpoint: Checkpoint;
  /** True on the last page of a scan that reached the end of the stream. */
  last: boolean;
  /** Rows the source itself says the whole scan holds (X-Total-Count, count(*), marker file); checked before any sweep. */
  expectedTotal?: number;
  /** `periodReplace` only: periods (first part of the key) whose rows are now completely delivered. */
  completedPeriods?: string[];
}

export interface ReadRequest {
  stream: string;
  /** null = from the beginning. */
  checkpoint: Checkpoint | null;
  /** Records a page at the most; a connector may deliver fewer. */
  pageSize: number;
  signal: AbortSignal;
}

export interface CheckResult {
  ok: boolean;
  /** Catalogue code of what is wrong, when not ok. */
  code?: string;
  params?: Record<string, string | number>;
  latencyMs: number;
  /** What is no failure but should be looked at. */
  warnings?: { code: string; params: Record<string, string | number> }[];
}

export interface DiscoveredStream {
  name: string;
  fields: { name: string; type: string }[];
}

/**
 * An opened connection to one source.
 * Errors: RetriableError (passing), ConfigurationError (credentials, address, permission), FatalError (the
 * source broke its protocol: truncated file, wrong encoding, schema drift), all with a catalogue code.
 */
export interface SourceConnection {
  /** Reaches and authenticates, reads nothing personal; never throws for a source that is down. */
  check(signal: AbortSignal): Promise<CheckResult>;
  /** What the source offers now; compared with the manifest to find drift. */
  discover(signal: AbortSignal): Promise<DiscoveredStream[]>;
  read(request: ReadRequest): AsyncIterable<Page>;
  /**
   * Synchronous and pure. Throws SkippableError for a record that cannot be read.
   * `rawKey` helps to name such a record and may be null.
   */
  parse(stream: string, record: Uint8Array): SourceRow;
  /**
   * The columns, in order, that give a record's bytes their meaning where the bytes do not name them (a CSV header);
   * null where they do. Known once a page was read.
   */
  columns?(stream: string): readonly string[] | null;
  /** On-demand: the record that a key names; null when the source has none. Reads once, retries nothing. */
  lookup?(request: ServiceRequest): Promise<SourceRow | null>;
  /** On-demand: what the source says to claims; the mapping turns it into yes, no and unknown. */
  verify?(request: ServiceRequest): Promise<SourceRow | null>;
  close(): Promise<void>;
}

/** A protocol. `settings` were checked against `settingsSchema` before `open`. */
export interface Connector {
  readonly kind: ConnectorKind;
  /** JSON Schema (2020-12) of the source's settings; secrets are marked `"x-secret": true`. */
  readonly settingsSchema: object;
  /** Every request passes `gate` (pace, budget, breaker); without one the source is asked freely. */
  open(
    manifest: AdapterManifest,
    settings: Readonly<Record<string, unknown>>,
    gate?: RequestGate,
  ): Promise<SourceConnection>;
}

export type ConnectorKind = 'file' | 'sql' | 'http' | 'soap';
export type StreamMode = 'full' | 'incremental' | 'snapshotDiff' | 'periodReplace' | 'push';

/** The parts of a manifest the engine reads; `schemas/adapter/manifest.schema.json` is the whole. */
export interface AdapterManifest {
  id: string;
  vendor: string;
  version: string;
  contractVersion: string;
  domain: string;
  kind: 'replicating' | 'on-demand';
  connector: ConnectorKind;
  /** Empty when the adapter only looks up. */
  streams: StreamManifest[];
  services?: ServiceManifest[];
  placeholders?: Record<string, string[]>;
  limits?: SourceLimits & { [limit in OnDemandLimit]?: number };
  [more: string]: unknown;
}

export interface StreamManifest {
  name: string;
  mode: StreamMode;
  /** Source fields that make the key, in order (`periodReplace`: the period first). */
  key: string[];
  /** Complete scans a vanished row is kept for before it is deleted (0 for SQL and file snapshots with a count). */
  graceScans?: number;
  /** `push` only: the form of the events, and how often the connector reads the whole stream. */
  push?: PushManifest;
  reconcile?: { every: string };
  /** Connector-specific: query, path, operation, file pattern … */
  [more: string]: unknown;
}
