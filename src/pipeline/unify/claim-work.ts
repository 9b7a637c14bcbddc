import type { Tx } from '../../platform/database/index.js';
import type { UnifyKind } from '../link/index.js';

export interface Work {
  stream: number | null;
  run: number | null;
  keys: string[];
}

/** Takes about `size` keys of one kind out of the outbox, in the caller's transaction; rows that another worker holds are passed over. */
export async function claimWork(tx: Tx, kind: UnifyKind, size: number): Promise<Work[]> {
  const claimed: Work[] = [];
  let keys = 0;
  for (let limit = 1; keys < size; limit = Math.min(limit * 4, 1024)) {
    const { rows } = await tx.query<Work>(
      `DELETE FROM control.unify_outbox WHERE id = ANY(ARRAY(
         SELECT id FROM control.unify_outbox WHERE kind = $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED))
       RETURNING stream, run, keys`,
      [kind, limit],
    );
    for (const row of rows) keys += row.keys.length;
    claimed.push(...rows);
    if (rows.length < limit) break;
  }
  return claimed;
}

export const latestRun = (work: readonly Work[]): number | null =>
  work.reduce((latest, { run }) => Math.max(latest, run ?? 0), 0) || null;
