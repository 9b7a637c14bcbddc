import type { Tx } from '../../platform/database/index.js';

export interface ClaimedChange {
  stream: number;
  run: number;
  /** `upsert` or `delete`: keys of records; `relink`: keys of persons. */
  op: string;
  keys: string[];
}

/** Changes of one source: a node belongs to one source, so its facts are read and written by one worker at a time. */
export interface Claim {
  source: string;
  changes: ClaimedChange[];
}

/** First half of the two-number advisory lock that gives one worker a source. */
const SOURCE_LOCK = 0x11_4b01;

/**
 * Takes about `size` changed keys of one source out of the outbox, in the caller's transaction. Workers prefer a source
 * that nobody holds; where all are held, they wait for the first.
 *
 * @returns null when the outbox is empty; no changes when another worker was faster.
 */
export async function claimChanges(tx: Tx, size: number): Promise<Claim | null> {
  const { rows: waiting } = await tx.query<{ source: string }>(
    `SELECT s.source FROM control.change_outbox o JOIN control.stream s ON s.id = o.stream GROUP BY s.source ORDER BY min(o.id)`,
  );
  if (waiting.length === 0) return null;
  const source = await takeSource(
    tx,
    waiting.map((row) => row.source),
  );
  const changes: ClaimedChange[] = [];
  let keys = 0;
  for (let limit = 1; keys < size; limit = Math.min(limit * 4, 1024)) {
    const { rows } = await tx.query<ClaimedChange>(
      `DELETE FROM control.change_outbox WHERE id = ANY(ARRAY(
         SELECT o.id FROM control.change_outbox o JOIN control.stream s ON s.id = o.stream
         WHERE s.source = $1 ORDER BY o.id LIMIT $2 FOR UPDATE OF o SKIP LOCKED))
       RETURNING stream, run, op, keys`,
      [source, limit],
    );
    if (rows.length === 0) break;
    for (const row of rows) keys += row.keys.length;
    changes.push(...rows);
    if (rows.length < limit) break;
  }
  return { source, changes };
}

async function takeSource(tx: Tx, sources: readonly string[]): Promise<string> {
  for (const source of sources) {
    const { rows } = await tx.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1, hashtext($2)) AS mine', [
      SOURCE_LOCK,
      source,
    ]);
    if (rows[0]!.mine) return source;
  }
  await tx.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [SOURCE_LOCK, sources[0]!]);
  return sources[0]!;
}
