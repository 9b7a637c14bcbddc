import type { Tx } from '../../platform/database/index.js';
import type { CallReport } from './lookup-source.js';

/** On-demand sources in service; `stamp` changes with their adapter and settings. */
export async function lookupSources(tx: Tx): Promise<{ id: string; stamp: string }[]> {
  const { rows } = await tx.query<{ id: string; stamp: string }>(
    `SELECT id, md5(concat_ws('/', adapter_hash, settings::text, encode(secrets, 'hex'))) AS stamp FROM control.source
      WHERE kind = 'on-demand' AND removed_at IS NULL AND NOT suspended ORDER BY id COLLATE "C"`,
  );
  return rows;
}

/** Writes down how the last call went, and how many went before it since the last note. */
export async function recordCall(tx: Tx, report: CallReport, calls: number, failures: number): Promise<void> {
  const { source, breaker, code, ms, at } = report;
  await tx.query(
    `INSERT INTO control.lookup_state AS s (source, breaker, last_call_at, last_answer_at, last_code, last_ms, calls, failures)
     VALUES ($1, $2, $3, CASE WHEN $4::text IS NULL THEN $3::timestamptz END, $4, $5, $6, $7)
     ON CONFLICT (source) DO UPDATE SET breaker = excluded.breaker, last_call_at = excluded.last_call_at,
       last_answer_at = coalesce(excluded.last_answer_at, s.last_answer_at), last_code = excluded.last_code,
       last_ms = excluded.last_ms, calls = s.calls + excluded.calls, failures = s.failures + excluded.failures`,
    [source, breaker, at, code, ms, calls, failures],
  );
}
