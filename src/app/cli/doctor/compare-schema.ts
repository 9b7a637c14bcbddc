import type { AdapterManifest, DiscoveredStream } from '../../../pipeline/adapter-kit/index.js';
import { mappedFields, mappedPaths, namesOfPath, type MappingDocument } from '../../../pipeline/conform/index.js';
import { FIELD_LEVELS, type EntityName } from '../../../standard/index.js';
import { fails, fine, type Found } from './steps.js';

/** Whether the source offers what the adapter reads: the key always, every mapped column where columns are fixed. */
export function compareSchema(
  manifest: AdapterManifest,
  document: MappingDocument,
  offered: readonly DiscoveredStream[],
): Found {
  for (const stream of manifest.streams) {
    const fields = offered.find(({ name }) => name === stream.name)?.fields.map(({ name }) => name) ?? [];
    // A sample of records that name their own fields does not show every field.
    const fixed = manifest.connector === 'sql' || isTable(stream['file']);
    const read = fixed ? mappedPaths(document, stream.name).flatMap(({ names }) => names[0] ?? []) : [];
    const key = stream.key.flatMap((path) => namesOfPath(path)[0] ?? []);
    const missing = [...new Set([...key, ...read])].filter((name) => !fields.includes(name));
    if (fields.length > 0 && missing.length > 0)
      return fails('DOCTOR_SCHEMA', { stream: stream.name, fields: missing.join(', ') });
  }
  const count = offered.reduce((sum, { fields }) => sum + fields.length, 0);
  return fine(`${offered.length} 个数据流,${count} 个字段`, `${offered.length} streams, ${count} fields`);
}

const isTable = (block: unknown): boolean =>
  block !== undefined && ((block as { format?: string }).format ?? 'csv') === 'csv';

/** Whether every mapped field's level is declared: that is what the steward has agreed to. */
export function compareLevels(manifest: AdapterManifest, document: MappingDocument): Found {
  for (const { stream, entity, field } of mappedFields(document)) {
    const declared = manifest.streams.find(({ name }) => name === stream)?.['levels'] as number[] | undefined;
    if (!manifest.streams.some(({ name }) => name === stream)) continue;
    const level = FIELD_LEVELS[entity as EntityName][field] as number;
    if (!declared?.includes(level)) return fails('DOCTOR_LEVEL', { stream, field: `${entity}.${field}`, level });
  }
  return fine('声明的级别覆盖全部映射字段', 'the declared levels cover every mapped field');
}
