import { readSources, sourceAsOf, sourceState } from '../../../governance/registry/index.js';
import { readGates, type GateView } from '../../../pipeline/sync/index.js';
import type { GraphTx } from '../../graph/index.js';

export interface SourceRow {
  id: string;
  domain: string;
  state: string;
  asOf: Date | null;
  lagSeconds: number | null;
  records: number;
  quarantined: number;
  adapter: string;
  adapterVersion: string;
  checkedAt: Date | null;
  checkCode: string | null;
  nextSyncAt: Date | null;
  breaker: GateView;
}

interface More {
  id: string;
  adapter: string;
  version: string;
  checked_at: Date | null;
  check_code: string | null;
  next_sync_at: Date | null;
  records: string;
  quarantined: string;
}

/**
 * Every source with its counts. Live records are those of each stream's latest run that counted: what it found
 * alive at its end, or so far while it runs; counting the tables would cost a scan.
 */
const MORE = `
  SELECT s.id, s.adapter, a.version, s.checked_at, s.check_code, s.next_sync_at,
         coalesce(sum(l.live), 0) AS records, coalesce(sum(q.waiting), 0) AS quarantined
    FROM control.source s
    JOIN control.adapter a ON a.hash = s.adapter_hash
    LEFT JOIN control.stream t ON t.source = s.id
    LEFT JOIN LATERAL (
      SELECT coalesce(r.live_after, r.live_before + r.created + r.revived - r.deleted_by_message - r.deleted_by_absence) AS live
        FROM control.sync_run r WHERE r.source = s.id AND r.stream = t.id AND r.live_before IS NOT NULL
       ORDER BY r.id DESC LIMIT 1) l ON true
    LEFT JOIN control.quarantined() q ON q.stream = t.id
   WHERE s.removed_at IS NULL
   GROUP BY s.id, s.adapter, a.version, s.checked_at, s.check_code, s.next_sync_at`;

export async function listSources(tx: GraphTx, now: Date): Promise<SourceRow[]> {
  const facts = await readSources(tx);
  const { rows } = await tx.query<More>(MORE);
  const gateOf = await readGates(tx);
  const more = new Map(rows.map((row) => [row.id, row]));
  return facts.flatMap((source) => {
    const row = more.get(source.id);
    if (!row) return [];
    const asOf = sourceAsOf(source);
    return {
      id: source.id,
      domain: source.domain,
      state: sourceState(source, now),
      asOf,
      lagSeconds: asOf === null ? null : Math.max(0, Math.round((now.getTime() - asOf.getTime()) / 1_000)),
      records: Number(row.records),
      quarantined: Number(row.quarantined),
      adapter: row.adapter,
      adapterVersion: row.version,
      checkedAt: row.checked_at,
      checkCode: row.check_code,
      nextSyncAt: row.next_sync_at,
      breaker: gateOf(source.id),
    };
  });
}
