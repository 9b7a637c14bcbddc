import type { Database, RowContext, Tx, TxOptions } from '../../platform/database/index.js';
import type { Clock } from '../../platform/kernel/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import type { EntityName } from '../../standard/index.js';
import type { AdapterManifest, SourceConnection } from '../adapter-kit/index.js';
import type { CompiledMapping } from '../conform/index.js';
import type { FieldPresence } from './field-presence.js';
import type { Lease } from './lease.repository.js';
import type { Counts } from './statement.js';
import type { RunRow } from './sync-run.repository.js';

/** Live numbers of a run, for a bar, a log line, the API or metrics. */
export interface Progress {
  run: number;
  source: string;
  stream: string;
  counts: Counts;
  expectedTotal: number | null;
  /** How long the page's transaction took that brought these counts; left out where no page did. */
  pageSeconds?: number;
}

/** What a sync run needs from the program around it. */
export interface Engine {
  database: Database;
  keyring: Keyring;
  clock: Clock;
  pageSize: number;
  leaseSeconds: number;
  /** Names this worker in the lease and in evidence. */
  owner: string;
  onProgress?: (progress: Progress) => void;
  /** Told of a run that has ended here, whichever way. */
  onEnded?: (end: { source: string; state: string }) => void;
  /** The source lets the run wait: whatever was kept for it can be used by others meanwhile. */
  onWaiting?: () => void;
  /** Wakes the link room; its truth is the outbox. */
  onChange?: () => Promise<void>;
  /** For proofs: called after each step of a page transaction with the step's name. */
  afterStep?: (step: string) => void | Promise<void>;
}

/** One run in the hands of one worker. */
export interface OpenRun {
  run: RunRow;
  lease: Lease;
  manifest: AdapterManifest;
  mapping: CompiledMapping;
  connection: SourceConnection;
  /** Every entity the mapping can yield. */
  entities: readonly EntityName[];
  /** Top-level source fields that the mapping reads. */
  watched: readonly string[];
  copyDirect: boolean;
  recordedAt: string;
  /** What is kept of the source's columns in this scan, as JSON; null where records name their fields or before the first page. */
  layout: string | null;
  /** Which of its fields the records of this scan have; null where a header names them. */
  presence: FieldPresence | null;
  /** Aborted when the worker stops or the lease is lost. */
  signal: AbortSignal;
}

export const workerContext = (engine: Engine): RowContext => ({ actor: engine.owner });

/** A short transaction of the worker; bounded below the lease, so a frozen worker cannot hold the stream's row. */
export function transact<T>(engine: Engine, work: (tx: Tx) => Promise<T>, options: TxOptions = {}): Promise<T> {
  return engine.database.withContext('worker', workerContext(engine), work, {
    transactionTimeoutMs: engine.leaseSeconds * 800,
    idleTimeoutMs: Math.min(10_000, engine.leaseSeconds * 500),
    ...options,
  });
}

/** Wakes the link room. The change stands in the outbox already, so a queue that is down or gone ends no run. */
export async function wakeLink(engine: Pick<Engine, 'onChange'>): Promise<void> {
  await engine.onChange?.().catch(() => undefined);
}
