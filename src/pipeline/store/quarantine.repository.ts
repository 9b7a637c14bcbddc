import type { Tx } from '../../platform/database/index.js';
import type { ExistingRow } from './existing-rows.js';
import type { PagePlan } from './page-plan.js';

/**
 * Puts the page's rejected records into quarantine: one row per source bytes, with how often it was met.
 * A quarantined record counts as seen: the last good version under its key stays live.
 *
 * @returns the numbers of the live rows so kept.
 */
export async function quarantineRecords(
  tx: Tx,
  plan: PagePlan,
  existing: ReadonlyMap<string, ExistingRow[]>,
): Promise<number[]> {
  if (plan.quarantined.length === 0) return [];
  const rows = plan.quarantined.map((one) => {
    const kept = one.key === null ? undefined : existing.get(one.key)?.find((row) => row.live && row.carrier);
    return { ...one, n: kept && !plan.isSeen(kept.n) ? kept.n : null };
  });
  await tx.query(
    `INSERT INTO data.quarantine (stream, raw, n, run, key, reason, pointer, shape, body, last_run)
     SELECT DISTINCT ON (u.raw) $1, u.raw, u.n, $2, u.key, u.reason, u.pointer, u.shape, u.body, $2
     FROM unnest($3::bytea[], $4::int4[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bytea[]) u(raw, n, key, reason, pointer, shape, body)
     ON CONFLICT (stream, raw) DO UPDATE SET n = excluded.n, key = excluded.key, reason = excluded.reason, pointer = excluded.pointer,
       shape = excluded.shape, last_run = excluded.last_run, times = quarantine.times + 1, resolved_at = NULL`,
    [
      plan.stream,
      plan.run,
      rows.map((row) => row.raw),
      rows.map((row) => row.n),
      rows.map((row) => row.key),
      rows.map((row) => row.rejection.code),
      rows.map((row) => row.rejection.pointer),
      rows.map((row) => row.rejection.shape),
      rows.map((row) => row.body),
    ],
  );
  return rows.flatMap((row) => row.n ?? []);
}

/** After a complete scan: what was not met again is no longer wrong at the source. */
export async function resolveVanished(tx: Tx, stream: number, run: number): Promise<void> {
  await tx.query(
    `UPDATE data.quarantine SET resolved_at = clock_timestamp() WHERE stream = $1 AND last_run < $2 AND resolved_at IS NULL`,
    [stream, run],
  );
}
