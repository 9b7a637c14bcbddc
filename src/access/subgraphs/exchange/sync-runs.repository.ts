import type { GraphTx } from '../../graph/index.js';

type Params = Record<string, string | number>;

/** A run as the graph shows it. */
export interface SyncRun {
  id: number;
  source: string;
  stream: string;
  mode: string;
  state: string;
  queuedAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  balanced: boolean | null;
  counts: Record<(typeof COUNTS)[number] | 'liveBefore' | 'liveAfter', number | null>;
  skippedReasons: { reason: string; count: number }[];
  sourceDigest: string | null;
  storeDigest: string | null;
  origin: string | null;
  error: string | null;
  /** What its sentence is filled with, in whichever language it is told. */
  errorParams: Params;
  hold: SyncHold | null;
  adapterVersion: string;
  mappingVersion: string;
}

/** Why a run was held, and what was decided. */
export interface SyncHold {
  code: string;
  params: Params;
  since: Date;
  decision: string | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  decidedUnit: string | null;
  decidedReason: string | null;
  nextRun: number | null;
}

const COUNTS = [
  'read',
  'created',
  'updated',
  'unchanged',
  'revived',
  'deletedByMessage',
  'deletedByAbsence',
  'quarantined',
  'skipped',
] as const;

const SELECT = `SELECT r.id, r.source, t.name AS stream, r.mode, r.state, r.queued_at, r.started_at, r.ended_at, r.balanced,
  r.read, r.created, r.updated, r.unchanged, r.revived, r.deleted_by_message, r.deleted_by_absence, r.quarantined, r.skipped,
  r.live_before, r.live_after, r.skipped_reasons, encode(r.source_digest, 'hex') AS source_digest,
  encode(r.store_digest, 'hex') AS store_digest, r.origin, r.error_code, r.error, r.adapter_version, r.mapping_version,
  h.code AS hold_code, h.params AS hold_params, h.since, h.decision, h.decided_at, h.decided_person, h.decided_unit, h.decided_reason, h.next_run
  FROM control.sync_run r JOIN control.stream t ON t.id = r.stream LEFT JOIN control.hold h ON h.run = r.id`;

/** Runs by id, newest first. */
export async function runsById(tx: GraphTx, ids: readonly number[]): Promise<SyncRun[]> {
  const { rows } = await tx.query(`${SELECT} WHERE r.id = ANY($1::int4[]) ORDER BY r.id DESC`, [ids]);
  return rows.map(toRun);
}

/** A page of runs, newest first, behind the run `before`. */
export async function pageOfRuns(
  tx: GraphTx,
  source: string | null,
  before: string | null,
  limit: number,
): Promise<SyncRun[]> {
  const { rows } = await tx.query(
    `${SELECT} WHERE ($1::text IS NULL OR r.source = $1) AND ($2::int4 IS NULL OR r.id < $2) ORDER BY r.id DESC LIMIT $3`,
    [source, before, limit],
  );
  return rows.map(toRun);
}

export async function countRuns(tx: GraphTx, source: string | null, limit: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*)::int4 AS count FROM (SELECT 1 FROM control.sync_run WHERE $1::text IS NULL OR source = $1 LIMIT $2) AS capped`,
    [source, limit],
  );
  return rows[0]!.count;
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const numberOrNull = (value: unknown): number | null => (value === null ? null : Number(value));

function toRun(row: Record<string, unknown>): SyncRun {
  const error = row['error_code'] as string | null;
  const counts = [...COUNTS, 'liveBefore' as const, 'liveAfter' as const].map((name) => [
    name,
    numberOrNull(row[snake(name)]),
  ]);
  return {
    id: row['id'] as number,
    source: row['source'] as string,
    stream: row['stream'] as string,
    mode: row['mode'] as string,
    state: row['state'] as string,
    queuedAt: row['queued_at'] as Date,
    startedAt: row['started_at'] as Date | null,
    endedAt: row['ended_at'] as Date | null,
    balanced: row['balanced'] as boolean | null,
    counts: Object.fromEntries(counts) as SyncRun['counts'],
    skippedReasons: Object.entries(row['skipped_reasons'] as Record<string, number>).map(([reason, count]) => ({
      reason,
      count: Number(count),
    })),
    sourceDigest: row['source_digest'] as string | null,
    storeDigest: row['store_digest'] as string | null,
    origin: row['origin'] as string | null,
    error,
    errorParams: (row['error'] ?? {}) as Params,
    hold: toHold(row),
    adapterVersion: row['adapter_version'] as string,
    mappingVersion: row['mapping_version'] as string,
  };
}

function toHold(row: Record<string, unknown>): SyncHold | null {
  const code = row['hold_code'] as string | null;
  if (code === null) return null;
  return {
    code,
    params: row['hold_params'] as Params,
    since: row['since'] as Date,
    decision: row['decision'] as string | null,
    decidedAt: row['decided_at'] as Date | null,
    decidedBy: row['decided_person'] as string | null,
    decidedUnit: row['decided_unit'] as string | null,
    decidedReason: row['decided_reason'] as string | null,
    nextRun: row['next_run'] as number | null,
  };
}
