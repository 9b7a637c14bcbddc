import type { FieldSpec, FieldType } from '../../standard/index.js';
import { HEADER } from './emit-entities.js';
import type { LoadedEntity } from './load-standard.js';

/** Every date can be generalised to its month or year, so every date is a PartialDate; a decimal keeps its digits as text. */
const GRAPHQL_TYPES: Record<FieldType, string> = {
  text: 'String',
  code: 'String',
  date: 'PartialDate',
  partialDate: 'PartialDate',
  decimal: 'String',
  integer: 'Int',
  boolean: 'Boolean',
  phone: 'String',
  division: 'String',
  identifier: 'String',
};

/**
 * `graphql.ts`: the field definitions of each entity as text, to stand inside a hand-written type beside its relations.
 * All are nullable: a field may be absent, withheld, or its source down.
 */
export function emitGraphql(entities: readonly LoadedEntity[]): string {
  const bodies = entities.map(({ spec }) => {
    const fields = spec.fields.filter((field) => !field.internal).map(fieldSdl);
    return `  /** ${spec.title} */\n  ${spec.name}: \`\n${fields.join('\n')}\n\`,`;
  });
  return [
    HEADER,
    `import type { EntityName } from './entities.js';\n`,
    '/** The scalars that the fields use; a subgraph that uses the fields declares them. */',
    'export const GRAPHQL_SCALARS = `',
    '"""日期,可能只到月或年 · A date that may be known or shown to the month or year only: YYYY, YYYY-MM or YYYY-MM-DD"""',
    'scalar PartialDate',
    '`;\n',
    '/** Field definitions per entity, without the type around them and without the keys that only join records. */',
    'export const GRAPHQL_FIELDS: Record<EntityName, string> = {',
    ...bodies,
    '};',
    '',
  ].join('\n');
}

const fieldSdl = (field: FieldSpec): string =>
  `  """${field.title} · ${field.description}${field.codeList ? ` Code list ${field.codeList}.` : ''}"""\n  ${field.name}: ${GRAPHQL_TYPES[field.type]}`;
