import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { HEADER } from './emit-entities.js';
import type { LoadedEntity, SchemaProperty } from './load-standard.js';

/** `types.ts`: one interface per entity, fields optional: a source that does not give a field leaves it out. */
export async function emitTypes(entities: readonly LoadedEntity[]): Promise<string> {
  const parts = [HEADER];
  for (const { schema, spec } of entities) {
    const properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, plain(property)]),
    );
    const bare = {
      description: `${schema.title} · ${schema.description}`,
      type: 'object',
      additionalProperties: false,
      properties,
    };
    parts.push(
      await compile(bare as JSONSchema, spec.name, {
        bannerComment: '',
        style: { singleQuote: true, printWidth: 120 },
      }),
    );
  }
  return parts.join('\n');
}

/** A Chinese `title` would become a type called NoName1, so the title moves into the comment. */
const plain = ({ title, description, type }: SchemaProperty): JSONSchema =>
  ({ type, description: `${title} · ${description}` }) as JSONSchema;
