import { ConfigurationError } from '../../../platform/kernel/index.js';
import type { Tx } from '../../../platform/database/index.js';
import { append } from '../../../platform/ledger/index.js';
import { credentialEnd, type CredentialEnd } from '../../../pipeline/adapter-kit/index.js';
import { storedAdapter } from '../../../pipeline/sync/index.js';

/** Says early what `addSource` would refuse, before a source is even called. */
export async function refuseBesideDemo(tx: Tx, id: string): Promise<void> {
  const { rows } = await tx.query<{ id: string; demo: boolean }>(
    `SELECT id, demo FROM control.source WHERE removed_at IS NULL`,
  );
  if (rows.some((row) => row.demo)) throw new ConfigurationError('SOURCE_BESIDE_DEMO');
  if (rows.some((row) => row.id === id)) throw new ConfigurationError('SOURCE_EXISTS', { params: { source: id } });
}

/** Notes that the connection was tried and stood. */
export async function recordCheck(tx: Tx, id: string): Promise<void> {
  await tx.query(
    `UPDATE control.source SET check_state = 'OK', check_code = NULL, checked_at = clock_timestamp() WHERE id = $1`,
    [id],
  );
}

/** Sets how often a source syncs by itself; null = only when asked. @throws ConfigurationError SOURCE_UNKNOWN, SYNC_ON_DEMAND. */
export async function setSchedule(tx: Tx, id: string, seconds: number | null): Promise<void> {
  const { rows } = await tx.query<{ kind: string }>(`SELECT kind FROM control.source WHERE id = $1`, [id]);
  if (rows[0]?.kind === 'on-demand') throw new ConfigurationError('SYNC_ON_DEMAND', { params: { source: id } });
  const { rowCount } = await tx.query(
    `UPDATE control.source SET schedule_seconds = $2::int4, next_sync_at = clock_timestamp() + make_interval(secs => $2::int4)
     WHERE id = $1 AND removed_at IS NULL`,
    [id, seconds],
  );
  if (rowCount === 0) throw new ConfigurationError('SOURCE_UNKNOWN', { params: { source: id } });
  await append(tx, { code: 'SOURCE_SCHEDULED', actor: 'cli', source: id, ...(seconds === null ? {} : { seconds }) });
}

export interface SourceLine {
  id: string;
  adapter: string;
  adapterVersion: string;
  scheduleSeconds: number | null;
  nextSyncAt: Date | null;
  checkedAt: Date | null;
  checkCode: string | null;
  demo: boolean;
  records: number;
  quarantined: number;
}

/**
 * Every source in service. Live records are what each stream's latest counting run found: counting the tables would
 * cost a scan.
 */
export async function readLines(tx: Tx): Promise<SourceLine[]> {
  const { rows } = await tx.query<SourceLine & { records: string; quarantined: string }>(
    `SELECT s.id, s.adapter, a.version AS "adapterVersion", s.schedule_seconds AS "scheduleSeconds", s.next_sync_at AS "nextSyncAt",
            s.checked_at AS "checkedAt", s.check_code AS "checkCode", s.demo,
            coalesce(sum(l.live), 0) AS records, coalesce(sum(q.waiting), 0) AS quarantined
       FROM control.source s JOIN control.adapter a ON a.hash = s.adapter_hash
       LEFT JOIN control.stream t ON t.source = s.id
       LEFT JOIN LATERAL (
         SELECT coalesce(r.live_after, r.live_before + r.created + r.revived - r.deleted_by_message - r.deleted_by_absence) AS live
           FROM control.sync_run r WHERE r.stream = t.id AND r.live_before IS NOT NULL ORDER BY r.id DESC LIMIT 1) l ON true
       LEFT JOIN LATERAL (SELECT count(*) AS waiting FROM data.quarantine q WHERE q.stream = t.id AND q.resolved_at IS NULL) q ON true
      WHERE s.removed_at IS NULL GROUP BY s.id, a.version ORDER BY s.id`,
  );
  return rows.map((row) => ({ ...row, records: Number(row.records), quarantined: Number(row.quarantined) }));
}

/** When the credential of a source ends, by the manifest that it was added with. */
export async function readCredentialEnd(tx: Tx, source: string, now: Date): Promise<CredentialEnd | null> {
  const { rows } = await tx.query<{ hash: string }>(`SELECT adapter_hash AS hash FROM control.source WHERE id = $1`, [
    source,
  ]);
  return credentialEnd((await storedAdapter(tx, rows[0]!.hash)).manifest, now);
}

export interface QuarantineLine {
  source: string;
  stream: string;
  reason: string;
  count: number;
  /** Where in the scan the first few stand, for the reasons that say it. */
  rows: string[];
}

/** Records that wait in quarantine, by stream and reason. */
export async function readQuarantine(tx: Tx, source: string): Promise<QuarantineLine[]> {
  const { rows } = await tx.query<QuarantineLine>(
    `SELECT s.source, s.name AS stream, q.reason, count(*)::int AS count,
            coalesce((array_agg(q.shape ORDER BY q.shape) FILTER (WHERE q.reason = 'DUPLICATE_KEY_DIFFERS'))[1:5], '{}') AS rows FROM data.quarantine q JOIN control.stream s ON s.id = q.stream
      WHERE s.source = $1 AND q.resolved_at IS NULL GROUP BY s.source, s.id, s.name, q.reason ORDER BY s.id, count(*) DESC, q.reason`,
    [source],
  );
  return rows;
}
