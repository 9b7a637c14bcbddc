import { uuidv7 } from '../../platform/kernel/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import type { Tx } from '../../platform/database/index.js';
import { arrayText } from './copy-into.js';
import type { FoundReview } from './decide.js';
import { nodeName } from './facts.js';
import type { StoredNode } from './node.repository.js';

/**
 * Opens the doubts found, closes those of the same components that were not found again, and notes on every node
 * which open items name it. A doubt that a person has decided is not found again before its evidence changes: then it
 * opens again, and when it goes, it is what was decided of it.
 *
 * @param nodes all nodes of the components, and those that are gone.
 * @returns the number of items opened.
 */
export async function writeReviews(
  tx: Tx,
  keyring: Keyring,
  found: readonly FoundReview[],
  nodes: { kept: readonly StoredNode[]; gone: readonly StoredNode[] },
  run: number | null,
): Promise<number> {
  const before = new Set<string>();
  for (const node of [...nodes.kept, ...nodes.gone]) for (const id of node.reviews) before.add(id);
  if (found.length === 0 && before.size === 0) return 0;

  const fingerprints = found.map((review) =>
    keyring.contentHash(Buffer.from([review.reason, ...review.members.map(nodeName)].join('\u001e'))).toString('hex'),
  );
  const { rows } = await tx.query<{ id: string; fingerprint: string; opened: boolean }>(
    `INSERT INTO data.review_item AS r (id, kind, reason, members, fingerprint, run)
     SELECT u.id, 'person', u.reason, u.members::jsonb, decode(u.fingerprint, 'hex'), $5
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) u(id, reason, members, fingerprint)
     ON CONFLICT (fingerprint) DO UPDATE SET
       state = 'open', closed_at = NULL
     RETURNING id, encode(fingerprint, 'hex') AS fingerprint, (xmax = 0) AS opened`,
    [
      found.map(() => uuidv7()),
      found.map((review) => review.reason),
      found.map((review) => JSON.stringify(review.members.map(({ source, personKey }) => ({ source, personKey })))),
      fingerprints,
      run,
    ],
  );
  const idOf = new Map(rows.map((row) => [row.fingerprint, row.id]));
  const now = new Map<number, Set<string>>();
  found.forEach((review, index) => {
    const id = idOf.get(fingerprints[index]!)!;
    before.delete(id);
    for (const node of review.members) now.set(node.id, (now.get(node.id) ?? new Set()).add(id));
  });
  if (before.size > 0)
    await tx.query(
      `UPDATE data.review_item SET state = CASE WHEN link_order IS NULL THEN 'closed' ELSE 'decided' END, closed_at = clock_timestamp()
       WHERE id = ANY($1) AND state = 'open'`,
      [[...before]],
    );
  await noteOnNodes(tx, nodes.kept, now);
  return rows.filter((row) => row.opened).length;
}

async function noteOnNodes(tx: Tx, kept: readonly StoredNode[], now: ReadonlyMap<number, Set<string>>): Promise<void> {
  const ids: number[] = [];
  const lists: string[] = [];
  for (const node of kept) {
    const list = [...(now.get(node.id) ?? [])].sort();
    if (list.join() === [...node.reviews].sort().join()) continue;
    ids.push(node.id);
    lists.push(arrayText(list));
  }
  if (ids.length === 0) return;
  await tx.query(
    `UPDATE data.link_node n SET reviews = u.reviews::uuid[] FROM unnest($1::int8[], $2::text[]) u(id, reviews) WHERE n.id = u.id`,
    [ids, lists],
  );
}
