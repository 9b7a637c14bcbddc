import type { Tx } from '../../platform/database/index.js';
import type { EntityName } from '../../standard/index.js';
import { mappedFields, mappedPaths, type MappingDocument } from '../conform/index.js';
import { countsOf, storedAdapter, type Counts } from '../sync/index.js';

/** What a run event tells: names, versions and counts; nothing read from a record. */
export interface RunFacts {
  run: number;
  source: string;
  stream: string;
  /** Entity of the stream's own records; others come with them. */
  entity: EntityName;
  mode: string;
  state: string;
  balanced: boolean | null;
  origin: string | null;
  code: string | null;
  /** Fills the places of the code's text. */
  params: Record<string, string | number>;
  adapter: string;
  adapterVersion: string;
  mappingVersion: string;
  counts: Counts;
  liveAfter: number | null;
  /** Each field that the mapping fills, with the places of the source record it is made from. */
  fields: { entity: EntityName; field: string; from: string[] }[];
}

/** @returns null for a run that is not there. */
export async function readRunFacts(tx: Tx, run: number): Promise<RunFacts | null> {
  const { rows } = await tx.query<Record<string, unknown>>(
    `SELECT r.*, s.name AS stream_name, s.entity, a.id AS adapter FROM control.sync_run r
     JOIN control.stream s ON s.id = r.stream JOIN control.adapter a ON a.hash = r.adapter_hash WHERE r.id = $1`,
    [run],
  );
  const row = rows[0];
  if (!row) return null;
  const count = (name: string): number => Number(row[name]);
  const stream = row['stream_name'] as string;
  const { mapping } = await storedAdapter(tx, row['adapter_hash'] as string);
  return {
    run,
    source: row['source'] as string,
    stream,
    entity: row['entity'] as EntityName,
    mode: row['mode'] as string,
    state: row['state'] as string,
    balanced: row['balanced'] as boolean | null,
    origin: row['origin'] as string | null,
    code: row['error_code'] as string | null,
    params: (row['error'] ?? {}) as Record<string, string | number>,
    adapter: row['adapter'] as string,
    adapterVersion: row['adapter_version'] as string,
    mappingVersion: row['mapping_version'] as string,
    counts: countsOf(row),
    liveAfter: row['live_after'] === null ? null : count('live_after'),
    fields: fieldsOf(mapping as MappingDocument, stream),
  };
}

function fieldsOf(mapping: MappingDocument, stream: string): RunFacts['fields'] {
  const places = mappedPaths(mapping, stream);
  return mappedFields(mapping)
    .filter((one) => one.stream === stream)
    .map(({ entity, field }) => ({
      entity: entity as EntityName,
      field,
      from: [
        ...new Set(
          places.filter((one) => one.entity === entity && one.field === field).map(({ names }) => names.join('.')),
        ),
      ],
    }));
}
