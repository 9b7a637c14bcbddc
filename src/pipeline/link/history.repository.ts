import type { Tx } from '../../platform/database/index.js';
import type { Move } from './decide.js';
import type { StoredNode } from './node.repository.js';

export interface Membership {
  moves: readonly Move[];
  gone: readonly StoredNode[];
  /** Ids that no resident had before this batch. */
  created: ReadonlySet<string>;
  /** Ids of residents who have no member after it. */
  closed: ReadonlySet<string>;
  /** Ids of closed residents that are in use again. */
  back: ReadonlySet<string>;
  run: number | null;
}

/**
 * Keeps every move between residents, and since when the member had been where it left. Kinds: merge (the resident left
 * is closed), split (the one entered is new), move, leave (the records are gone), return. A first entry is no move: the
 * member's own row tells it. Call it before the cross-walk is written.
 */
export async function writeHistory(tx: Tx, { moves, gone, created, closed, back, run }: Membership): Promise<void> {
  const rows: { kind: string; node: StoredNode; from: string | null; to: string | null; rule: string | null }[] = [];
  for (const node of gone)
    if (node.resident !== null) rows.push({ kind: 'leave', node, from: node.resident, to: null, rule: null });
  for (const { node, resident, reason } of moves) {
    if (node.resident === null || (node.resident === resident && node.reason !== null)) continue;
    const from = node.reason === null ? null : node.resident;
    const isNew = created.has(resident) || back.has(resident);
    const kind = from === null ? 'return' : closed.has(from) ? 'merge' : isNew ? 'split' : 'move';
    rows.push({ kind, node, from, to: resident, rule: reason.rule });
  }
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO data.resident_history (at, kind, source, person_key, resident_from, resident_to, rule, run, joined_at, joined_run, joined_rule)
     SELECT statement_timestamp(), u.kind, u.source, u.person_key, u.resident_from, u.resident_to, u.rule, $7, m.linked_at, m.run, m.rule
     FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::text[])
       WITH ORDINALITY u(kind, source, person_key, resident_from, resident_to, rule, i)
     LEFT JOIN LATERAL (SELECT linked_at, run, rule FROM data.resident_member x
       WHERE x.source = u.source AND x.person_key = u.person_key OFFSET 0) m ON u.resident_from IS NOT NULL
     ORDER BY u.i`,
    [
      rows.map((row) => row.kind),
      rows.map((row) => row.node.source),
      rows.map((row) => row.node.personKey),
      rows.map((row) => row.from),
      rows.map((row) => row.to),
      rows.map((row) => row.rule),
      run,
    ],
  );
}
