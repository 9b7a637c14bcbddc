import type { Tx } from '../../platform/database/index.js';
import type { EntityName } from '../../standard/index.js';
import { entityTable } from './entity-table.js';

/**
 * Versioned sources: of one person's live version rows the latest that is not cancelled is current, whatever the
 * order of arrival. A person whose every version is cancelled has no current row.
 */
export async function renewCurrentVersions(
  tx: Tx,
  stream: number,
  entities: readonly EntityName[],
  personKeys: readonly string[],
): Promise<void> {
  if (personKeys.length === 0) return;
  for (const entity of entities) {
    const { table } = entityTable(entity);
    await tx.query(
      `WITH verdict AS MATERIALIZED (
         SELECT key, part, want FROM (
           SELECT key, part, current, NOT reversed AND key = first_value(key) OVER (
                    PARTITION BY person_key ORDER BY reversed, valid_from DESC, key DESC) AS want
           FROM ${table} WHERE stream = $1 AND person_key = ANY($2) AND gone_run IS NULL) judged
         WHERE current <> want
       )
       UPDATE ${table} t SET current = v.want FROM verdict v WHERE t.stream = $1 AND t.key = v.key AND t.part = v.part`,
      [stream, personKeys],
    );
  }
}
