import type { Tx } from '../../platform/database/index.js';
import type { PersonName } from './verdict.repository.js';

/** `op` of an outbox row whose keys are persons, not records: look at them again though their source said nothing new. */
export const RELINK = 'relink';
/** Persons in one row of the outbox. */
const ROW = 1000;

/** Puts persons into the change outbox: in the caller's transaction, so that what made it necessary brings it about. */
export async function relink(tx: Tx, persons: readonly PersonName[]): Promise<void> {
  const bySource = new Map<string, string[]>();
  for (const { source, personKey } of persons) bySource.set(source, [...(bySource.get(source) ?? []), personKey]);
  for (const [source, keys] of bySource)
    await relinkSelected(tx, 'SELECT $1::text AS source, unnest($2::text[]) AS person_key', [source, keys]);
}

/** The same for what a statement selects (source, person_key). @returns the number of persons. */
export async function relinkSelected(tx: Tx, select: string, params: readonly unknown[] = []): Promise<number> {
  const { rows } = await tx.query<{ persons: number }>(
    `WITH numbered AS (
       SELECT s.stream, p.person_key, (row_number() OVER (PARTITION BY p.source ORDER BY p.person_key) - 1) / ${ROW} AS lot
       FROM (SELECT DISTINCT source, person_key FROM (${select}) chosen) p
       JOIN (SELECT source, min(id) AS stream FROM control.stream GROUP BY source) s ON s.source = p.source),
     queued AS (
       INSERT INTO control.change_outbox (stream, run, page, op, keys)
       SELECT stream, 0, 0, '${RELINK}', array_agg(person_key ORDER BY person_key) FROM numbered GROUP BY stream, lot
       RETURNING cardinality(keys) AS persons)
     SELECT coalesce(sum(persons), 0)::int4 AS persons FROM queued`,
    params,
  );
  return rows[0]!.persons;
}
