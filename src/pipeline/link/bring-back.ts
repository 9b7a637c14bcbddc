import type { Tx } from '../../platform/database/index.js';
import type { Move } from './decide.js';

/**
 * People who part again get back the ids they had before they were merged: a cluster that would get a new id takes the
 * one that most of its nodes brought into the resident they leave, if that id is nobody's now.
 *
 * @returns the moves with those ids in place of new ones, and the ids that are in use again; `created` loses its part.
 */
export async function bringBack(
  tx: Tx,
  moves: readonly Move[],
  created: Set<string>,
): Promise<{ moves: readonly Move[]; back: Set<string> }> {
  const parting = moves.filter(({ node, resident }) => created.has(resident) && node.resident !== null);
  if (parting.length === 0) return { moves, back: new Set() };
  const { rows } = await tx.query<{ i: number; id: string }>(
    `SELECT u.i::int4 AS i, h.id FROM unnest($1::text[], $2::text[], $3::uuid[]) WITH ORDINALITY u(source, person_key, leaves, i)
     CROSS JOIN LATERAL (
       SELECT resident_from AS id FROM data.resident_history h
       WHERE h.resident_to = u.leaves AND h.source = u.source AND h.person_key = u.person_key AND h.kind = 'merge'
       ORDER BY h.id DESC LIMIT 1) h
     WHERE EXISTS (SELECT 1 FROM data.resident_redirect r WHERE r.id = h.id)`,
    [
      parting.map(({ node }) => node.source),
      parting.map(({ node }) => node.personKey),
      parting.map(({ node }) => node.resident),
    ],
  );
  const votes = new Map<string, { fresh: string; former: string; count: number }>();
  for (const { i, id } of rows) {
    const fresh = parting[i - 1]!.resident;
    const vote = votes.get(`${fresh}/${id}`);
    if (vote) vote.count += 1;
    else votes.set(`${fresh}/${id}`, { fresh, former: id, count: 1 });
  }
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const ranked = [...votes.values()].sort((a, b) => b.count - a.count || (a.former < b.former ? -1 : 1));
  for (const { fresh, former } of ranked) {
    if (names.has(fresh) || taken.has(former)) continue;
    names.set(fresh, former);
    taken.add(former);
  }
  if (names.size === 0) return { moves, back: taken };
  for (const fresh of names.keys()) created.delete(fresh);
  return {
    moves: moves.map((move) => ({ ...move, resident: names.get(move.resident) ?? move.resident })),
    back: taken,
  };
}
