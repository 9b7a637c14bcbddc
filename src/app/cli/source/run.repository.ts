import type { Tx } from '../../../platform/database/index.js';

/** One run with its whole statement, as `source status` and `source sync` print it. */
export interface RunLine {
  id: number;
  source: string;
  stream: string;
  mode: string;
  state: string;
  queuedAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  /** True while a failed attempt waits for its next one. */
  waiting: boolean;
  balanced: boolean | null;
  expectedTotal: number | null;
  counts: {
    read: number;
    created: number;
    updated: number;
    unchanged: number;
    revived: number;
    deletedByMessage: number;
    deletedByAbsence: number;
    quarantined: number;
    skipped: number;
    liveBefore: number | null;
    liveAfter: number | null;
  };
  skippedReasons: Record<string, number>;
  sourceDigest: string | null;
  storeDigest: string | null;
  origin: string | null;
  error: string | null;
  errorParams: Record<string, string | number>;
  /** Why a held run waits, and who decided what. */
  hold: {
    since: string;
    decision: 'APPROVED' | 'REFUSED' | null;
    by: string | null;
    reason: string | null;
    nextRun: number | null;
  } | null;
}

const SELECT = `
  SELECT r.id, r.source, s.name AS stream, r.mode, r.state, r.queued_at AS "queuedAt", r.started_at AS "startedAt", r.ended_at AS "endedAt",
         r.not_before > clock_timestamp() AS waiting, r.balanced, r.expected_total::float8 AS "expectedTotal",
         json_build_object('read', r.read, 'created', r.created, 'updated', r.updated, 'unchanged', r.unchanged, 'revived', r.revived,
           'deletedByMessage', r.deleted_by_message, 'deletedByAbsence', r.deleted_by_absence, 'quarantined', r.quarantined,
           'skipped', r.skipped, 'liveBefore', r.live_before, 'liveAfter', r.live_after) AS counts,
         r.skipped_reasons AS "skippedReasons", encode(r.source_digest, 'hex') AS "sourceDigest", encode(r.store_digest, 'hex') AS "storeDigest",
         r.origin, r.error_code AS error, coalesce(r.error, '{}') AS "errorParams",
         CASE WHEN h.id IS NOT NULL THEN json_build_object('since', h.since, 'decision', h.decision, 'by', h.decided_person,
           'reason', h.decided_reason, 'nextRun', h.next_run) END AS hold
    FROM control.sync_run r JOIN control.stream s ON s.id = r.stream LEFT JOIN control.hold h ON h.run = r.id`;

export async function readRuns(tx: Tx, ids: readonly number[]): Promise<RunLine[]> {
  const { rows } = await tx.query<RunLine>(`${SELECT} WHERE r.id = ANY($1) ORDER BY r.id`, [ids]);
  return rows;
}

/** The latest runs of each stream of a source, newest first within a stream. */
export async function latestRuns(tx: Tx, source: string, perStream: number): Promise<RunLine[]> {
  const { rows } = await tx.query<RunLine>(
    `${SELECT} WHERE r.id IN (
       SELECT l.id FROM control.stream t, LATERAL (
         SELECT id FROM control.sync_run WHERE stream = t.id ORDER BY id DESC LIMIT $2) l WHERE t.source = $1)
     ORDER BY r.stream, r.id DESC`,
    [source, perStream],
  );
  return rows;
}

/** How many pieces of work wait to be linked or made golden. */
export async function unlinked(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ left: number }>(
    `SELECT ((SELECT count(*) FROM control.change_outbox) + (SELECT count(*) FROM control.unify_outbox))::int AS left`,
  );
  return rows[0]!.left;
}
