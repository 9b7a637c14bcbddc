import type { Tx } from '../../platform/database/index.js';
import { append } from '../../platform/ledger/index.js';
import { endRun, readRun, type RunRow } from './sync-run.repository.js';

/** A run of mode `push` that could not do its work is not followed by the next at once. */
const PAUSE_SECONDS = 60;

/** Queues a run for every stream that has events waiting and none that takes them. */
export async function openPushRuns(tx: Tx): Promise<void> {
  await tx.query(
    `INSERT INTO control.sync_run (source, stream, mode, adapter_hash, adapter_version, mapping_version, requested_by)
     SELECT s.source, s.id, 'push', a.hash, a.version, a.mapping_version, 'push'
     FROM control.stream s JOIN control.source c ON c.id = s.source JOIN control.adapter a ON a.hash = c.adapter_hash
     WHERE s.mode = 'push' AND c.removed_at IS NULL AND NOT c.suspended
       AND EXISTS (SELECT 1 FROM data.push_inbox i WHERE i.stream = s.id)
       AND NOT EXISTS (
         SELECT 1 FROM control.sync_run r WHERE r.stream = s.id AND r.mode = 'push' AND r.state IN ('FAILED', 'HELD', 'CANCELLED')
           AND r.ended_at > clock_timestamp() - make_interval(secs => $1))
     ON CONFLICT (stream) WHERE state IN ('QUEUED', 'RUNNING') AND mode = 'push' DO NOTHING`,
    [PAUSE_SECONDS],
  );
}

/**
 * A run that has begun keeps its stream to its end: its statement speaks of nobody else's changes. A snapshot that
 * waits for its source gives way, though, or a source that cannot be read would keep its own events from being taken:
 * it ends as it stands, and one that starts anew waits in its place.
 *
 * @returns whether the run may begin.
 */
export async function makeWay(tx: Tx, run: RunRow): Promise<boolean> {
  const { rows } = await tx.query<{ id: number; waits: boolean; pages: boolean }>(
    `SELECT r.id, r.state = 'QUEUED' AND r.not_before > clock_timestamp() AS waits,
            EXISTS (SELECT 1 FROM control.run_page p WHERE p.run = r.id) AS pages
     FROM control.sync_run r JOIN control.stream s ON s.id = r.stream
     WHERE r.stream = $1 AND r.id <> $2 AND r.state IN ('QUEUED', 'RUNNING') AND r.live_before IS NOT NULL
       AND s.lease_until < clock_timestamp() FOR UPDATE OF r SKIP LOCKED`,
    [run.stream, run.id],
  );
  for (const { id, waits, pages } of rows) {
    if (!waits) return false;
    if (pages) await startAnew(tx, id);
    else await tx.query(`UPDATE control.sync_run SET live_before = NULL WHERE id = $1`, [id]);
  }
  return true;
}

async function startAnew(tx: Tx, id: number): Promise<void> {
  const run = (await readRun(tx, id))!;
  const { rows } = await tx.query<{ error_code: string | null; origin: 'source' | 'gateway' | null }>(
    `SELECT error_code, origin FROM control.sync_run WHERE id = $1`,
    [id],
  );
  const { error_code: code, origin } = rows[0]!;
  await endRun(tx, id, { state: 'FAILED', origin, code, balanced: false });
  await append(tx, {
    code: 'SYNC_RUN_ENDED',
    actor: 'worker',
    source: run.source,
    stream: run.stream,
    run: id,
    state: 'FAILED',
    balanced: false,
    ...run.counts,
    origin,
    reason: code,
  });
  await tx.query(
    `INSERT INTO control.sync_run (source, stream, mode, adapter_hash, adapter_version, mapping_version, requested_by, attempts, not_before)
     SELECT source, stream, mode, adapter_hash, adapter_version, mapping_version, requested_by, attempts, not_before
     FROM control.sync_run WHERE id = $1`,
    [id],
  );
}
