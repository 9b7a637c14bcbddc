import type { Tx } from '../../platform/database/index.js';
import type { EntityName } from '../../standard/index.js';
import { entityTable } from './entity-table.js';
import type { ExistingRow } from './existing-rows.js';
import type { PagePlan } from './page-plan.js';

/** What a person has settled stays settled for the same bytes, until they are refused for another reason. */
const SETTLED = `quarantine.resolution = 'RESOLVED' AND quarantine.reason = excluded.reason`;

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
       shape = excluded.shape, last_run = CASE WHEN $10 THEN quarantine.last_run ELSE excluded.last_run END,
       times = quarantine.times + CASE WHEN $10 THEN 0 ELSE 1 END,
       resolved_at = CASE WHEN ${SETTLED} THEN quarantine.resolved_at END, resolution = CASE WHEN ${SETTLED} THEN quarantine.resolution END`,
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
      plan.replay ?? false,
    ],
  );
  return rows.flatMap((row) => row.n ?? []);
}

/**
 * After a complete scan: what was not met again is no longer wrong at the source. A scan of changes meets nothing again,
 * and one of periods only theirs: there a record stays until its key was told of anew, or its period was delivered again.
 */
export async function resolveVanished(
  tx: Tx,
  scan: {
    stream: number;
    run: number;
    mode: string;
    entities: readonly EntityName[];
    completedPeriods: readonly string[];
  },
): Promise<void> {
  const { stream, run, mode } = scan;
  const settle = (resolution: string, which: string, params: unknown[]): Promise<unknown> =>
    tx.query(
      `UPDATE data.quarantine q SET resolved_at = clock_timestamp(), resolution = '${resolution}'
       WHERE q.stream = $1 AND q.last_run < $2 AND q.resolved_at IS NULL AND (${which})`,
      [stream, run, ...params],
    );
  if (mode === 'incremental') {
    for (const entity of scan.entities)
      await settle(
        'SUPERSEDED',
        `EXISTS (SELECT 1 FROM ${entityTable(entity).table} t WHERE t.stream = q.stream AND t.key = q.key
           AND greatest(t.run, t.gone_run) > q.last_run)`,
        [],
      );
  } else if (mode === 'periodReplace') {
    const periods = scan.completedPeriods.map((period) => `${period.replace(/[\\|]/g, '\\$&')}|`);
    await settle(
      'VANISHED',
      `q.key IS NULL OR EXISTS (SELECT 1 FROM unnest($3::text[]) p WHERE starts_with(q.key, p))`,
      [periods],
    );
  } else await settle('VANISHED', 'true', []);
}
