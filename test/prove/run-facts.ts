import type { Admin } from '../kit/digest.js';

/** What the tables say of a run, beside the run's own statement. */
export interface RunFacts {
  live: number;
  /** Rows of the history: a first load has none. */
  history: number;
  /** Records that evidence rows of pages speak of. */
  evidenced: number;
  runs: number;
  epoch: number;
  unbalanced: number;
  /** Pages whose cursor does not begin where the page before ended. */
  gaps: number;
  /** Changes that nobody linked or unified. */
  waiting: number;
}

export async function runFacts(admin: Admin, run: number): Promise<RunFacts> {
  const [row] = await admin<Record<keyof RunFacts, number>>(
    `SELECT
       (SELECT count(*)::int FROM data.person p WHERE p.stream = r.stream AND gone_run IS NULL) AS live,
       (SELECT count(*)::int FROM data.person_version v WHERE v.stream = r.stream) AS history,
       (SELECT coalesce(sum((convert_from(body, 'UTF8')::jsonb ->> 'read')::int), 0)::int FROM ledger.event
         WHERE code = 'SYNC_PAGE_COMMITTED' AND (convert_from(body, 'UTF8')::jsonb ->> 'run')::int = r.id) AS evidenced,
       (SELECT count(*)::int FROM control.sync_run o WHERE o.stream = r.stream) AS runs,
       (SELECT epoch::int FROM control.stream s WHERE s.id = r.stream) AS epoch,
       (SELECT count(*)::int FROM control.sync_run o WHERE state <> 'SUCCEEDED' OR balanced IS DISTINCT FROM true
          OR source_digest IS DISTINCT FROM store_digest) AS unbalanced,
       (SELECT count(*)::int FROM (SELECT cursor_from, lag(cursor_to) OVER (ORDER BY page) AS before, page FROM control.run_page WHERE run = r.id) p
          WHERE cursor_from IS DISTINCT FROM before) AS gaps,
       ((SELECT count(*) FROM control.change_outbox) + (SELECT count(*) FROM control.unify_outbox))::int AS waiting
     FROM control.sync_run r WHERE r.id = $1`,
    [run],
  );
  return row!;
}
