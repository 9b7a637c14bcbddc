import type { Tx } from '../../platform/database/index.js';
import type { EntityName } from '../../standard/index.js';
import { renewCurrentVersions } from './current-version.js';
import { entityTable } from './entity-table.js';
import { markGone } from './mark-gone.js';

/** The keys of live rows by number, in key order; one scan of the stream's rows. */
export async function keysOfNumbers(
  tx: Tx,
  stream: number,
  entities: readonly EntityName[],
  numbers: readonly number[],
  after: string,
): Promise<string[]> {
  if (numbers.length === 0) return [];
  const sql = entities
    .map(
      (entity) =>
        `SELECT t.key FROM ${entityTable(entity).table} t JOIN unseen USING (n)
         WHERE t.stream = $1 AND t.gone_run IS NULL AND t.raw IS NOT NULL AND t.key > $3`,
    )
    .join(' UNION ');
  const { rows } = await tx.query<{ key: string }>(
    `WITH unseen AS (SELECT unnest($2::int4[]) AS n) SELECT key FROM (${sql}) k ORDER BY key COLLATE "C"`,
    [stream, numbers, after],
  );
  return rows.map((row) => row.key);
}

export interface SweepEffect {
  deleted: number;
  /** Rows that stay live and stale for another scan. */
  inGrace: number;
  deletedKeys: string[];
}

/**
 * One batch of the sweep after a complete scan: rows not met go, unless the stream grants them another scan.
 * The caller holds the fence and records how far it came.
 */
export async function sweepBatch(
  tx: Tx,
  where: { stream: number; run: number; entities: readonly EntityName[]; graceScans: number; versioned: boolean },
  keys: readonly string[],
): Promise<SweepEffect> {
  let doomed: readonly string[] = keys;
  if (where.graceScans > 0) {
    const graced = new Set<string>();
    for (const entity of where.entities) {
      const { rows } = await tx.query<{ key: string }>(
        `UPDATE ${entityTable(entity).table} SET missed = missed + 1
         WHERE stream = $1 AND key = ANY($2) AND gone_run IS NULL AND raw IS NOT NULL AND missed < $3 RETURNING key`,
        [where.stream, keys, where.graceScans],
      );
      for (const row of rows) graced.add(row.key);
    }
    doomed = keys.filter((key) => !graced.has(key));
  }
  let deleted = 0;
  const persons = new Set<string>();
  for (const entity of where.entities) {
    const gone = await markGone(tx, { stream: where.stream, run: where.run, entity, keys: doomed });
    deleted += gone.carriers;
    for (const person of gone.personKeys) persons.add(person);
  }
  if (where.versioned) await renewCurrentVersions(tx, where.stream, where.entities, [...persons]);
  return { deleted, inGrace: keys.length - doomed.length, deletedKeys: [...doomed] };
}
