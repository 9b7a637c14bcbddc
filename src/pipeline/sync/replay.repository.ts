import type { Tx } from '../../platform/database/index.js';
import type { EntityName } from '../../standard/index.js';
import { entityTable } from '../store/index.js';
import type { ReplaySelection } from './sync-run.repository.js';

/** A quarantined record that a replay takes up. */
export interface WaitingRecord {
  raw: Buffer;
  key: string | null;
  reason: string;
  body: Buffer;
  lastRun: number;
}

/** A record that waits, as SQL over `data.quarantine q`. */
export const REPLAYABLE = 'q.resolved_at IS NULL';

/** Queues a replay. @returns its run; null while another run of the stream is open. */
export async function openReplay(
  tx: Tx,
  stream: number,
  requestedBy: string,
  selection: ReplaySelection,
): Promise<number | null> {
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO control.sync_run (source, stream, mode, adapter_hash, adapter_version, mapping_version, requested_by, selection)
     SELECT s.source, s.id, 'replay', a.hash, a.version, a.mapping_version, $2, $3
     FROM control.stream s JOIN control.source c ON c.id = s.source JOIN control.adapter a ON a.hash = c.adapter_hash
     WHERE s.id = $1 AND c.removed_at IS NULL
     ON CONFLICT (stream) WHERE state IN ('QUEUED', 'RUNNING') AND mode <> 'push' DO NOTHING RETURNING id`,
    [stream, requestedBy, JSON.stringify(selection)],
  );
  return rows[0]?.id ?? null;
}

/** The next records of a replay, those met last first; one it has looked at does not come again. */
export async function nextWaiting(
  tx: Tx,
  at: { stream: number; run: number; selection: ReplaySelection },
  limit: number,
): Promise<WaitingRecord[]> {
  const { rows } = await tx.query<WaitingRecord>(
    `SELECT q.raw, q.key, q.reason, q.body, q.last_run AS "lastRun" FROM data.quarantine q
     WHERE q.stream = $1 AND ${REPLAYABLE} AND ($2::text IS NULL OR q.reason = $2)
       AND ($3::text[] IS NULL OR encode(q.raw, 'hex') = ANY($3)) AND q.replayed_run IS DISTINCT FROM $4 ORDER BY q.last_run DESC, q.raw LIMIT $5`,
    [at.stream, at.selection.reason ?? null, at.selection.ids ?? null, at.run, limit],
  );
  return rows;
}

/** The latest run that wrote or deleted something under each key. */
export async function lastWords(
  tx: Tx,
  stream: number,
  entities: readonly EntityName[],
  keys: readonly string[],
): Promise<Map<string, number>> {
  const words = new Map<string, number>();
  if (keys.length === 0) return words;
  const sql = entities.map(
    (entity) =>
      `SELECT key, greatest(run, gone_run) AS run FROM ${entityTable(entity).table} WHERE stream = $1 AND key = ANY($2)`,
  );
  const { rows } = await tx.query<{ key: string; run: number }>(
    `SELECT key, max(run) AS run FROM (${sql.join(' UNION ALL ')}) w GROUP BY key`,
    [stream, keys],
  );
  for (const row of rows) words.set(row.key, row.run);
  return words;
}

/**
 * The latest scan that read the whole stream: a record it did not meet is not the source's word any more. 0 for
 * streams that only tell of changes.
 */
export async function latestWholeScan(tx: Tx, stream: number): Promise<number> {
  const { rows } = await tx.query<{ run: number }>(
    `SELECT coalesce(max(r.id), 0) AS run FROM control.sync_run r
     WHERE r.stream = $1 AND r.scan_complete AND r.mode IN ('snapshotDiff', 'full')`,
    [stream],
  );
  return rows[0]!.run;
}

/** Notes what became of a page's records, in the page's own transaction. */
export async function markReplayed(
  tx: Tx,
  at: { stream: number; run: number },
  page: { seen: readonly Buffer[]; accepted: readonly Buffer[]; superseded: readonly Buffer[] },
): Promise<void> {
  await tx.query(
    `UPDATE data.quarantine q SET replayed_run = $2,
       resolved_at = CASE WHEN q.raw = ANY($4) OR q.raw = ANY($5) THEN clock_timestamp() ELSE q.resolved_at END,
       resolution = CASE WHEN q.raw = ANY($4) THEN 'REPLAYED' WHEN q.raw = ANY($5) THEN 'SUPERSEDED' ELSE q.resolution END
     WHERE q.stream = $1 AND q.raw = ANY($3)`,
    [at.stream, at.run, page.seen, page.accepted, page.superseded],
  );
}
