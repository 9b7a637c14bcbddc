import type { Tx } from '../../platform/database/index.js';
import { entityTable } from '../store/index.js';
import type { EntityName } from '../../standard/index.js';

/** A refused record as it is stored. */
export interface StoredItem {
  id: string;
  stream: number;
  streamName: string;
  source: string;
  entity: string;
  raw: Buffer;
  key: string | null;
  reason: string;
  pointer: string;
  shape: string;
  body: Buffer;
  times: number;
  recordedAt: Date;
}

/** Which records: a page of those that wait, or some by their ids, settled ones too. */
export interface ItemSelection {
  source?: string | undefined;
  stream?: string | undefined;
  reason?: string | undefined;
  ids?: readonly string[] | undefined;
  /** Only records behind this id. */
  after?: { stream: number; raw: string } | undefined;
}

export async function readItems(tx: Pick<Tx, 'query'>, which: ItemSelection, limit: number): Promise<StoredItem[]> {
  const { rows } = await tx.query<StoredItem>(
    `SELECT q.stream || '/' || encode(q.raw, 'hex') AS id, q.stream, s.name AS "streamName", s.source, s.entity, q.raw, q.key, q.reason,
            q.pointer, q.shape, q.body, q.times, q.recorded_at AS "recordedAt"
     FROM data.quarantine q JOIN control.stream s ON s.id = q.stream
     WHERE ($1::text IS NULL OR s.source = $1) AND ($2::text IS NULL OR s.name = $2) AND ($3::text IS NULL OR q.reason = $3)
       AND ($4::text[] IS NOT NULL OR q.resolved_at IS NULL)
       AND ($4::text[] IS NULL OR q.stream || '/' || encode(q.raw, 'hex') = ANY($4))
       AND ($5::int4 IS NULL OR (q.stream, q.raw) > ($5, decode($6, 'hex')))
     ORDER BY q.stream, q.raw LIMIT $7`,
    [
      which.source ?? null,
      which.stream ?? null,
      which.reason ?? null,
      which.ids ?? null,
      which.after?.stream ?? null,
      which.after?.raw ?? null,
      limit,
    ],
  );
  return rows;
}

/** The residents whose stored records stand under the keys of refused ones: reading these is reading about them. */
export async function residentsOfItems(tx: Pick<Tx, 'query'>, items: readonly StoredItem[]): Promise<string[]> {
  const residents = new Set<string>();
  for (const stream of new Set(items.map((item) => item.stream))) {
    const mine = items.filter((item) => item.stream === stream);
    const { source, entity } = mine[0]!;
    const { rows } = await tx.query<{ resident: string }>(
      `SELECT DISTINCT m.resident FROM ${entityTable(entity as EntityName).table} t
         JOIN data.resident_member m ON m.source = $2 AND m.person_key = t.person_key
       WHERE t.stream = $1 AND t.key = ANY($3)`,
      [stream, source, mine.flatMap(({ key }) => key ?? [])],
    );
    for (const { resident } of rows) residents.add(resident);
  }
  return [...residents];
}

/** The adapter that each source has now. */
export async function adapterHashes(tx: Pick<Tx, 'query'>, sources: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ id: string; hash: string }>(
    `SELECT id, adapter_hash AS hash FROM control.source WHERE id = ANY($1)`,
    [sources],
  );
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}
