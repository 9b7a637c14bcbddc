import type { Tx } from '../../platform/database/index.js';
import type { EntityName, FieldStates } from '../../standard/index.js';
import { decodeStates } from '../../standard/index.js';
import { entityTable } from './entity-table.js';

/** A row that stands in the store under a key of the page. */
export interface ExistingRow {
  entity: EntityName;
  key: string;
  part: string;
  n: number;
  version: number;
  run: number;
  live: boolean;
  /** The row that carries the source record's hash (one per key). */
  carrier: boolean;
  missed: number;
  personKey: string | null;
  states: FieldStates | null;
  hash: Buffer;
}

/** All rows under the given keys, over every entity the stream can yield. The caller holds the stream's fence. */
export async function existingRows(
  tx: Tx,
  stream: number,
  entities: readonly EntityName[],
  keys: readonly string[],
): Promise<Map<string, ExistingRow[]>> {
  const found = new Map<string, ExistingRow[]>();
  if (keys.length === 0) return found;
  const sql = entities
    .map(
      (entity) =>
        `SELECT '${entity}' AS entity, key, part, n, version, run, gone_run IS NULL AS live, raw IS NOT NULL AS carrier, missed,
                person_key AS "personKey", states, hash
         FROM ${entityTable(entity).table} WHERE stream = $1 AND key = ANY($2)`,
    )
    .join(' UNION ALL ');
  const { rows } = await tx.query<Omit<ExistingRow, 'states'> & { states: string | null }>(sql, [stream, keys]);
  for (const row of rows) {
    const list = found.get(row.key);
    const decoded = { ...row, states: row.states === null ? null : decodeStates(row.states) };
    if (list) list.push(decoded);
    else found.set(row.key, [decoded]);
  }
  return found;
}
