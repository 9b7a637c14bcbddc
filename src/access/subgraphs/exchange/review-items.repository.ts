import type { GraphTx } from '../../graph/index.js';

export interface ReviewItem {
  id: string;
  kind: string;
  reason: string;
  state: string;
  createdAt: Date;
  members: { source: string; personKey: string }[];
}

/** A page of open review items, in the order they were found. */
export async function pageOfReviewItems(tx: GraphTx, after: string | null, limit: number): Promise<ReviewItem[]> {
  const { rows } = await tx.query<ReviewItem>(
    `SELECT id, kind, reason, state, created_at AS "createdAt", members FROM data.review_item
      WHERE state = 'open' AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
    [after, limit],
  );
  return rows;
}

export async function countReviewItems(tx: GraphTx, limit: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*)::int4 AS count FROM (SELECT 1 FROM data.review_item WHERE state = 'open' LIMIT $1) AS capped`,
    [limit],
  );
  return rows[0]!.count;
}

/** The residents that review items are about; reading an item is reading about them. */
export async function residentsOf(tx: GraphTx, items: readonly ReviewItem[]): Promise<string[]> {
  const members = items.flatMap((item) => item.members);
  if (members.length === 0) return [];
  const { rows } = await tx.query<{ resident: string }>(
    `SELECT DISTINCT m.resident FROM unnest($1::text[], $2::text[]) AS p(source, person_key)
       JOIN data.resident_member m ON m.source = p.source AND m.person_key = p.person_key`,
    [members.map(({ source }) => source), members.map(({ personKey }) => personKey)],
  );
  return rows.map(({ resident }) => resident);
}
