import type { Tx } from '../../platform/database/index.js';
import type { UnifyKind } from '../link/index.js';

export interface Work {
  stream: number;
  keys: string[];
}

/** Takes about `size` keys of one kind of record out of the outbox, in the caller's transaction; rows that another worker holds are passed over. */
export async function claimWork(tx: Tx, kind: UnifyKind, size: number): Promise<Work[]> {
  const claimed: Work[] = [];
  let keys = 0;
  for (let limit = 1; keys < size; limit = Math.min(limit * 4, 1024)) {
    const { rows } = await tx.query<Work>(
      `DELETE FROM control.unify_record WHERE id = ANY(ARRAY(
         SELECT id FROM control.unify_record WHERE kind = $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED))
       RETURNING stream, keys`,
      [kind, limit],
    );
    for (const row of rows) keys += row.keys.length;
    claimed.push(...rows);
    if (rows.length < limit) break;
  }
  return claimed;
}

/** Takes up to `size` residents out of the outbox, oldest first, and the latest run that touched them. */
export async function claimResidents(tx: Tx, size: number): Promise<{ ids: string[]; run: number | null }> {
  const { rows } = await tx.query<{ resident: string; run: number | null }>(
    `DELETE FROM control.unify_resident WHERE resident = ANY(ARRAY(
       SELECT resident FROM control.unify_resident ORDER BY resident LIMIT $1 FOR UPDATE SKIP LOCKED))
     RETURNING resident, run`,
    [size],
  );
  const run = rows.reduce((latest, row) => Math.max(latest, row.run ?? 0), 0) || null;
  return { ids: rows.map((row) => row.resident), run };
}
