import type { GraphTx } from '../../graph/index.js';

/** A refused record without its body, which stays sealed. */
export interface QuarantinedRecord {
  id: string;
  source: string;
  stream: string;
  key: string | null;
  reason: string;
  pointer: string;
  shape: string;
  times: number;
  recordedAt: Date;
  firstRun: number;
  lastRun: number;
  resolution: string | null;
  resolvedAt: Date | null;
  resolvedReason: string | null;
}

/** `<stream>/<hash of the record's bytes>`. */
export const QUARANTINE_KEY = /^[1-9]\d{0,9}\/[0-9a-f]{2,64}$/;

const COLUMNS = `q.stream || '/' || encode(q.raw, 'hex') AS id, t.source, t.name AS stream, q.key, q.reason, q.pointer, q.shape,
            q.times, q.recorded_at AS "recordedAt", q.run AS "firstRun", q.last_run AS "lastRun",
            q.resolution, q.resolved_at AS "resolvedAt", q.resolved_reason AS "resolvedReason"`;

const FROM = `FROM data.quarantine q JOIN control.stream t ON t.id = q.stream
  WHERE q.resolved_at IS NULL AND ($1::text IS NULL OR t.source = $1)`;

/** A page of what waits, ordered by stream and record. */
export async function pageOfQuarantine(
  tx: GraphTx,
  source: string | null,
  after: string | null,
  limit: number,
): Promise<QuarantinedRecord[]> {
  const [stream = null, raw = null] = after?.split('/') ?? [];
  const { rows } = await tx.query<QuarantinedRecord>(
    `SELECT ${COLUMNS}
     ${FROM} AND ($2::int4 IS NULL OR (q.stream, q.raw) > ($2::int4, decode($3, 'hex')))
     ORDER BY q.stream, q.raw LIMIT $4`,
    [source, stream, raw, limit],
  );
  return rows;
}

export async function countQuarantine(tx: GraphTx, source: string | null, limit: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*)::int4 AS count FROM (SELECT 1 ${FROM} LIMIT $2) AS capped`,
    [source, limit],
  );
  return rows[0]!.count;
}

/** One record, waiting or settled. */
export async function quarantineById(tx: GraphTx, id: string): Promise<QuarantinedRecord | null> {
  if (!QUARANTINE_KEY.test(id)) return null;
  const [stream, raw] = id.split('/');
  if (Number(stream) > 2_147_483_647 || raw!.length % 2) return null;
  const { rows } = await tx.query<QuarantinedRecord>(
    `SELECT ${COLUMNS} FROM data.quarantine q JOIN control.stream t ON t.id = q.stream
     WHERE q.stream = $1 AND q.raw = decode($2, 'hex')`,
    [stream, raw],
  );
  return rows[0] ?? null;
}
