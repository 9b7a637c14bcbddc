import type { Tx } from '../../platform/database/index.js';
import type { EntityName } from '../../standard/index.js';
import { entityTable } from './entity-table.js';

/** How many carrier rows (one per source record) went, and whose rows they were. */
export interface Gone {
  carriers: number;
  personKeys: string[];
}

/**
 * Makes live rows tombstones: the last version goes to the history, `gone_run` is set and the source hash is
 * dropped, so a late copy revives the row. `parts` pairs with `keys`; without it every part of a key goes.
 *
 */
export async function markGone(
  tx: Tx,
  where: { stream: number; run: number; entity: EntityName; keys: readonly string[]; parts?: readonly string[] },
): Promise<Gone> {
  if (where.keys.length === 0) return { carriers: 0, personKeys: [] };
  const table = entityTable(where.entity);
  const match = where.parts
    ? `(t.key, t.part) IN (SELECT * FROM unnest($3::text[], $4::text[]))`
    : `t.key = ANY($3::text[])`;
  const columns = table.columns.map((column) => `t."${column}"`).join(', ');
  const { rows } = await tx.query<{ carriers: number; persons: string[] | null }>(
    `WITH history AS (
       INSERT INTO ${table.versions} (${table.columnList}, replaced_run, op)
       SELECT ${columns}, $2, 'D' FROM ${table.table} t WHERE t.stream = $1 AND ${match} AND t.gone_run IS NULL
       RETURNING raw, person_key
     ), gone AS (
       UPDATE ${table.table} t SET gone_run = $2, raw = NULL, missed = 0, current = false
       WHERE t.stream = $1 AND ${match} AND t.gone_run IS NULL
     )
     SELECT count(raw)::int AS carriers, array_agg(DISTINCT person_key) FILTER (WHERE person_key IS NOT NULL) AS persons FROM history`,
    where.parts ? [where.stream, where.run, where.keys, where.parts] : [where.stream, where.run, where.keys],
  );
  return { carriers: rows[0]!.carriers, personKeys: rows[0]!.persons ?? [] };
}
