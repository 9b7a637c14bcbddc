import type { Tx } from '../../platform/database/index.js';
import { copyInto } from './copy-into.js';
import type { Move } from './decide.js';
import { nodeName } from './facts.js';
import type { Membership } from './history.repository.js';
import type { StoredNode } from './node.repository.js';

/**
 * Residents that returning persons had when their records went. The rows are taken out, so that two workers cannot
 * both bring one resident back; a resident who still has other members is not given away.
 */
export async function takeRetired(tx: Tx, names: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ natural_key: string; id: string }>(
    `WITH back AS (DELETE FROM data.retired_id r WHERE kind = 'resident' AND id IN (
         SELECT id FROM data.retired_id WHERE kind = 'resident' AND natural_key = ANY($1)) RETURNING natural_key, id)
     SELECT natural_key, id FROM back b
     WHERE natural_key = ANY($1) AND NOT EXISTS (SELECT 1 FROM data.resident_member m WHERE m.resident = b.id)`,
    [names],
  );
  return new Map(rows.map((row) => [row.natural_key, row.id]));
}

/** Writes the cross-walk: a member keeps the time and run of its entry for as long as it stays. */
export async function writeMembers(tx: Tx, { moves, gone, run }: Membership): Promise<void> {
  if (gone.length > 0) await retire(tx, gone);
  const at = new Date().toISOString();
  const isNew = (move: Move): boolean => move.node.reason === null;
  await copyInto(
    tx,
    'data.resident_member',
    ['source', 'person_key', 'resident', 'rule', 'reason', 'linked_at', 'run'],
    moves
      .filter(isNew)
      .map(({ node, resident, reason }) => [
        ...[node.source, node.personKey, resident, reason.rule, reasonText(reason.with), at, run],
      ]),
  );
  const moved = moves.filter((move) => !isNew(move));
  if (moved.length > 0)
    await tx.query(
      `UPDATE data.resident_member m SET resident = u.resident, rule = u.rule, reason = u.reason::jsonb,
         linked_at = CASE WHEN m.resident = u.resident THEN m.linked_at ELSE $6 END,
         run = CASE WHEN m.resident = u.resident THEN m.run ELSE $7 END
       FROM unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::text[]) u(source, person_key, resident, rule, reason)
       WHERE m.source = u.source AND m.person_key = u.person_key`,
      [
        moved.map(({ node }) => node.source),
        moved.map(({ node }) => node.personKey),
        moved.map(({ resident }) => resident),
        moved.map(({ reason }) => reason.rule),
        moved.map(({ reason }) => reasonText(reason.with)),
        at,
        run,
      ],
    );
}

/** Takes members out whose records are gone, and remembers whose they were. */
async function retire(tx: Tx, gone: readonly StoredNode[]): Promise<void> {
  await tx.query(
    `DELETE FROM data.resident_member m USING unnest($1::text[], $2::text[]) u(source, person_key)
     WHERE m.source = u.source AND m.person_key = u.person_key`,
    [gone.map((node) => node.source), gone.map((node) => node.personKey)],
  );
  const had = gone.filter((node) => node.resident !== null);
  await tx.query(
    `INSERT INTO data.retired_id (kind, natural_key, id) SELECT 'resident', * FROM unnest($1::text[], $2::uuid[])
     ON CONFLICT (kind, natural_key) DO UPDATE SET id = excluded.id, retired_at = clock_timestamp()`,
    [had.map(nodeName), had.map((node) => node.resident)],
  );
}

const reasonText = (sources: readonly string[]): string =>
  sources.length === 0 ? '{}' : JSON.stringify({ with: sources });
