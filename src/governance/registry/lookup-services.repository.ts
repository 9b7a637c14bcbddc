import type { Queryable } from '../identity/index.js';

/** How an on-demand source stands: UNTRIED until its first check or call. */
export type LookupState = 'OK' | 'DOWN' | 'SUSPENDED' | 'UNTRIED';

/** An on-demand source, and how its last calls went. */
export interface LookupService {
  id: string;
  domain: string;
  adapter: string;
  adapterVersion: string;
  demo: boolean;
  state: LookupState;
  /** CLOSED calls go out, OPEN none does for a while, HALF_OPEN one tries. */
  breaker: 'CLOSED' | 'OPEN' | 'HALF_OPEN';
  checkedAt: Date | null;
  checkCode: string | null;
  lastCallAt: Date | null;
  lastAnswerAt: Date | null;
  /** Message code of the last call; null when it was answered. */
  lastCode: string | null;
  lastMs: number | null;
  calls: number;
  failures: number;
}

type Row = Omit<LookupService, 'state' | 'calls' | 'failures'> & {
  suspended: boolean;
  checkState: string | null;
  calls: string;
  failures: string;
};

/** Every on-demand source in service, ordered by id. */
export async function readLookupServices(tx: Queryable): Promise<LookupService[]> {
  const { rows } = await tx.query<Row>(
    `SELECT s.id, s.domain, s.adapter, a.version AS "adapterVersion", s.demo, s.suspended, s.check_state AS "checkState",
            s.checked_at AS "checkedAt", s.check_code AS "checkCode", coalesce(l.breaker, 'CLOSED') AS breaker,
            l.last_call_at AS "lastCallAt", l.last_answer_at AS "lastAnswerAt", l.last_code AS "lastCode",
            l.last_ms AS "lastMs", coalesce(l.calls, 0) AS calls, coalesce(l.failures, 0) AS failures
       FROM control.source s JOIN control.adapter a ON a.hash = s.adapter_hash
       LEFT JOIN control.lookup_state l ON l.source = s.id
      WHERE s.removed_at IS NULL AND s.kind = 'on-demand' ORDER BY s.id`,
  );
  return rows.map(({ suspended, checkState, ...row }) => ({
    ...row,
    calls: Number(row.calls),
    failures: Number(row.failures),
    state: stateOf({ suspended, checkState, ...row }),
  }));
}

/** The later of check and call decides; an open breaker means down, whatever came before. */
function stateOf(row: Omit<Row, 'calls' | 'failures'>): LookupState {
  const { suspended, checkState, checkedAt, breaker, lastCallAt, lastCode } = row;
  if (suspended) return 'SUSPENDED';
  if (breaker === 'OPEN') return 'DOWN';
  if (checkedAt === null && lastCallAt === null) return 'UNTRIED';
  const calledLast = lastCallAt !== null && (checkedAt === null || lastCallAt > checkedAt);
  return (calledLast ? lastCode === null : checkState === 'OK') ? 'OK' : 'DOWN';
}
