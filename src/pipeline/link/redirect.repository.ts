import type { Tx } from '../../platform/database/index.js';
import type { Move } from './decide.js';

/**
 * Where the ids of closed residents lead: to the resident that took most of their members, and never by way of another
 * closed one. Ids that are in use again lead nowhere.
 */
export async function redirect(
  tx: Tx,
  moves: readonly Move[],
  closed: ReadonlySet<string>,
  inUseAgain: ReadonlySet<string>,
): Promise<void> {
  if (inUseAgain.size > 0)
    await tx.query('DELETE FROM data.resident_redirect WHERE id = ANY($1::uuid[])', [[...inUseAgain]]);
  const into = new Map<string, Map<string, number>>();
  for (const { node, resident } of moves) {
    if (node.reason === null || node.resident === null || !closed.has(node.resident)) continue;
    const shares = into.get(node.resident) ?? new Map<string, number>();
    into.set(node.resident, shares.set(resident, (shares.get(resident) ?? 0) + 1));
  }
  if (into.size === 0) return;
  const ids = [...into.keys()];
  const survivors = ids.map((id) => {
    const shares = [...into.get(id)!].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    return shares[0]![0];
  });
  await tx.query(
    `WITH merged AS (SELECT * FROM unnest($1::uuid[], $2::uuid[]) u(id, survivor)),
       shortened AS (UPDATE data.resident_redirect r SET survivor = m.survivor FROM merged m WHERE r.survivor = m.id)
     INSERT INTO data.resident_redirect (id, survivor) SELECT id, survivor FROM merged
     ON CONFLICT (id) DO UPDATE SET survivor = excluded.survivor, at = clock_timestamp()`,
    [ids, survivors],
  );
}
