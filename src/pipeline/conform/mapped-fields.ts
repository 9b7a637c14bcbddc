import type { MappingDocument } from './mapping-document.js';

/** A field that a mapping fills, for admission and review (levels, stewards) without compiling. */
export interface MappedField {
  stream: string;
  entity: string;
  field: string;
}

/** Every field that the mapping can fill, in the order of the file, each once a stream and entity. */
export function mappedFields(document: MappingDocument): MappedField[] {
  const found = new Map<string, MappedField>();
  for (const [stream, { records }] of Object.entries({ ...document.streams, ...document.services }))
    for (const { entity, fields } of records ?? [])
      for (const field of Object.keys(fields)) found.set(`${stream} ${entity} ${field}`, { stream, entity, field });
  return [...found.values()];
}
