import type { Origin } from '../../platform/kernel/index.js';
import type { Tx } from '../../platform/database/index.js';
import type { StreamMode } from '../adapter-kit/index.js';
import { countsOf, type Counts } from './statement.js';

export type RunState = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'PARTIAL' | 'FAILED' | 'HELD' | 'CANCELLED';

/** One run of one stream with what its execution needs. */
export interface RunRow {
  id: number;
  source: string;
  stream: number;
  streamName: string;
  /** The stream's mode, or `replay`: quarantined records under the mapping of now, nothing read at the source. */
  mode: StreamMode | 'replay';
  state: RunState;
  graceScans: number;
  attempts: number;
  adapterHash: string;
  /** The adapter the source has now: another one ends the run. */
  currentHash: string;
  adapterVersion: string;
  mappingVersion: string;
  requestedBy: string;
  queuedAt: Date;
  startedAt: Date | null;
  scanComplete: boolean;
  completedPeriods: string[];
  sweepAfter: string | null;
  expectedTotal: number | null;
  unreadableKeys: number;
  liveBefore: number | null;
  /** What a replay takes up. */
  selection: ReplaySelection | null;
  counts: Counts;
}

/** Which waiting records a replay takes up: all, those of one reason, or some by the hash (hex) of their bytes. */
export interface ReplaySelection {
  reason?: string;
  ids?: string[];
  /** When the oldest of them was last read at the source. */
  asOf?: string;
}

export async function readRun(tx: Tx, id: number): Promise<RunRow | null> {
  const { rows } = await tx.query<Record<string, unknown>>(
    `SELECT r.*, s.name AS stream_name, s.grace_scans, c.adapter_hash AS current_hash
     FROM control.sync_run r JOIN control.stream s ON s.id = r.stream JOIN control.source c ON c.id = r.source WHERE r.id = $1`,
    [id],
  );
  const row = rows[0];
  if (!row) return null;
  const count = (name: string): number => Number(row[name]);
  return {
    id,
    source: row['source'] as string,
    stream: row['stream'] as number,
    streamName: row['stream_name'] as string,
    mode: row['mode'] as RunRow['mode'],
    state: row['state'] as RunState,
    graceScans: row['grace_scans'] as number,
    attempts: row['attempts'] as number,
    adapterHash: row['adapter_hash'] as string,
    currentHash: row['current_hash'] as string,
    adapterVersion: row['adapter_version'] as string,
    mappingVersion: row['mapping_version'] as string,
    requestedBy: row['requested_by'] as string,
    queuedAt: row['queued_at'] as Date,
    startedAt: row['started_at'] as Date | null,
    scanComplete: row['scan_complete'] as boolean,
    completedPeriods: row['completed_periods'] as string[],
    sweepAfter: row['sweep_after'] as string | null,
    expectedTotal: row['expected_total'] === null ? null : count('expected_total'),
    unreadableKeys: count('unreadable_keys'),
    liveBefore: row['live_before'] === null ? null : count('live_before'),
    selection: row['selection'] as ReplaySelection | null,
    counts: countsOf(row),
  };
}

/**
 * Queues a run for every stream of a source that has none open; a pushed stream is read whole like a snapshot.
 * @returns the open run of each stream, new or not.
 */
export async function openRuns(
  tx: Tx,
  source: string,
  requestedBy: string,
): Promise<{ stream: number; run: number; fresh: boolean }[]> {
  const made = await tx.query<{ stream: number; run: number }>(
    `INSERT INTO control.sync_run (source, stream, mode, adapter_hash, adapter_version, mapping_version, requested_by)
     SELECT s.source, s.id, CASE s.mode WHEN 'push' THEN 'snapshotDiff' ELSE s.mode END, a.hash, a.version, a.mapping_version, $2
     FROM control.stream s JOIN control.source c ON c.id = s.source JOIN control.adapter a ON a.hash = c.adapter_hash
     WHERE s.source = $1 AND c.removed_at IS NULL ORDER BY s.id
     ON CONFLICT (stream) WHERE state IN ('QUEUED', 'RUNNING') AND mode <> 'push' DO NOTHING
     RETURNING stream, id AS run`,
    [source, requestedBy],
  );
  const fresh = new Set(made.rows.map((row) => row.run));
  const open = await tx.query<{ stream: number; run: number }>(
    `SELECT stream, id AS run FROM control.sync_run
     WHERE source = $1 AND state IN ('QUEUED', 'RUNNING') AND mode <> 'push' ORDER BY stream`,
    [source],
  );
  return open.rows.map((row) => ({ ...row, fresh: fresh.has(row.run) }));
}

export async function markRunning(tx: Tx, run: number, liveBefore: number): Promise<void> {
  await tx.query(
    `UPDATE control.sync_run SET state = 'RUNNING', started_at = coalesce(started_at, clock_timestamp()), live_before = coalesce(live_before, $2)
     WHERE id = $1`,
    [run, liveBefore],
  );
}

/** Adds what one page or sweep batch did to the run's counters, in that page's own transaction. */
export async function addCounts(
  tx: Tx,
  run: number,
  counts: Partial<Counts>,
  skippedReasons: Record<string, number> = {},
): Promise<void> {
  const c = {
    read: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    revived: 0,
    deletedByMessage: 0,
    deletedByAbsence: 0,
    quarantined: 0,
    skipped: 0,
    ...counts,
  };
  await tx.query(
    `UPDATE control.sync_run SET read = read + $2, created = created + $3, updated = updated + $4, unchanged = unchanged + $5,
       revived = revived + $6, deleted_by_message = deleted_by_message + $7, deleted_by_absence = deleted_by_absence + $8,
       quarantined = quarantined + $9, skipped = skipped + $10,
       skipped_reasons = CASE WHEN $11::jsonb = '{}' THEN skipped_reasons ELSE (
         SELECT jsonb_object_agg(key, total) FROM (
           SELECT key, sum(value::bigint) AS total FROM (
             SELECT * FROM jsonb_each_text(skipped_reasons) UNION ALL SELECT * FROM jsonb_each_text($11::jsonb)) e GROUP BY key) g) END
     WHERE id = $1`,
    [
      run,
      c.read,
      c.created,
      c.updated,
      c.unchanged,
      c.revived,
      c.deletedByMessage,
      c.deletedByAbsence,
      c.quarantined,
      c.skipped,
      JSON.stringify(skippedReasons),
    ],
  );
}

/** Puts a run back into the queue for a later attempt, with the attempts counted so far. */
export async function requeueRun(
  tx: Tx,
  run: number,
  next: { delayMs: number; attempts: number },
  error: { code: string; origin: Origin },
): Promise<void> {
  await tx.query(
    `UPDATE control.sync_run SET state = 'QUEUED', attempts = $5, not_before = clock_timestamp() + make_interval(secs => $2::float8 / 1000.0),
       error_code = $3, origin = $4 WHERE id = $1 AND state IN ('QUEUED', 'RUNNING')`,
    [run, next.delayMs, error.code, error.origin, next.attempts],
  );
}

export interface RunEnd {
  state: RunState;
  origin?: Origin | null;
  code?: string | null;
  error?: unknown;
  liveAfter?: number;
  sourceDigest?: Buffer;
  storeDigest?: Buffer;
  balanced?: boolean;
}

export async function endRun(tx: Tx, run: number, end: RunEnd): Promise<void> {
  await tx.query(
    `UPDATE control.sync_run SET state = $2, origin = $3, error_code = $4, error = $5, live_after = $6, source_digest = $7,
       store_digest = $8, balanced = $9, ended_at = clock_timestamp() WHERE id = $1`,
    [
      run,
      end.state,
      end.origin ?? null,
      end.code ?? null,
      end.error === undefined ? null : JSON.stringify(end.error),
      end.liveAfter ?? null,
      end.sourceDigest ?? null,
      end.storeDigest ?? null,
      end.balanced ?? null,
    ],
  );
}

/** Why a running page must stop now; null while it may go on. Re-read before every commit. */
export async function stopOrder(tx: Tx, stream: number, run: number): Promise<'CANCELLED' | 'STOPPED' | null> {
  const { rows } = await tx.query<{ cancelled: boolean; stopped: boolean }>(
    `SELECT coalesce(k.cancel_run = $2, false) AS cancelled, (c.suspended OR c.removed_at IS NOT NULL) AS stopped
     FROM control.stream s JOIN control.source c ON c.id = s.source LEFT JOIN control.stream_control k ON k.stream = s.id WHERE s.id = $1`,
    [stream, run],
  );
  if (rows[0]?.cancelled) return 'CANCELLED';
  return rows[0]?.stopped ? 'STOPPED' : null;
}
