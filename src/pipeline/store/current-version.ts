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
      `WITH best AS MATERIALIZED (
         SELECT DISTINCT ON (person_key) person_key, key FROM ${table}
         WHERE stream = $1 AND person_key = ANY($2) AND gone_run IS NULL AND NOT reversed
         ORDER BY person_key, valid_from DESC, key DESC
       ), verdict AS MATERIALIZED (
         SELECT t.key, t.part, coalesce(t.key = b.key, false) AS current
         FROM ${table} t LEFT JOIN best b USING (person_key)
         WHERE t.stream = $1 AND t.person_key = ANY($2) AND t.gone_run IS NULL AND t.current <> coalesce(t.key = b.key, false)
       )
       UPDATE ${table} t SET current = v.current FROM verdict v WHERE t.stream = $1 AND t.key = v.key AND t.part = v.part`,
      [stream, personKeys],
    );
  }
}
