import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../../platform/kernel/index.js';
import type {
  CatalogueSpec,
  ColumnSpec,
  EntitySpec,
  FieldSpec,
  FieldType,
  Level,
  MaskName,
  Steward,
} from '../../standard/index.js';
import { identifierColumns, RESERVED_COLUMNS, SQL_TYPES } from './sql-types.js';

/** A property of an entity schema as the file holds it. */
export interface SchemaProperty {
  title?: string;
  description?: string;
  type?: string;
  maxLength?: number;
  pattern?: string;
  'x-type'?: FieldType;
  'x-level'?: Level;
  'x-steward'?: Steward[];
  'x-share'?: string;
  'x-code-list'?: string;
  'x-mask'?: MaskName;
  'x-unit'?: string;
  'x-column'?: string;
  'x-index'?: 'prefix' | 'plain' | 'stream';
  'x-internal'?: boolean;
}

export interface EntitySchema {
  $id: string;
  title: string;
  description: string;
  type: 'object';
  'x-entity': string;
  'x-table': string;
  'x-catalogue'?: CatalogueSpec;
  'x-left-out'?: { title: string; description: string }[];
  additionalProperties: false;
  properties: Record<string, SchemaProperty>;
}

export interface LoadedEntity {
  file: string;
  schema: EntitySchema;
  spec: EntitySpec;
}

const STEWARDS: readonly string[] = ['police', 'civil-affairs', 'telecom', 'property'];
const SHARES: readonly string[] = ['unconditional', 'conditional', 'none'];
const MASKS: readonly string[] = ['name', 'idNumber', 'phone', 'address', 'certificate', 'year', 'withhold'];
const KNOWN_KEYS = new Set(
  'title description type maxLength pattern x-type x-level x-steward x-share x-code-list x-mask x-unit x-column x-index x-internal'.split(
    ' ',
  ),
);

/** `birthDate` → `birth_date`. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Reads every entity schema of one edition and checks what the generated code relies on.
 *
 * @throws ConfigurationError STANDARD_SCHEMA_INVALID | STANDARD_LEVEL_MISSING | STANDARD_STEWARD_MISSING
 */
export function loadStandard(directory: string, codeLists: ReadonlySet<string>): LoadedEntity[] {
  const files = readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort();
  const entities = files.map((file) => {
    const schema = JSON.parse(readFileSync(join(directory, file), 'utf8')) as EntitySchema;
    return { file, schema, spec: entitySpec(file, schema, codeLists) };
  });
  const seen = new Set<string>();
  for (const { file, spec } of entities)
    for (const name of [spec.name, spec.table, spec.catalogue.code]) {
      if (seen.has(name)) throw invalid(file, `${name} is used twice`);
      seen.add(name);
    }
  return entities;
}

/** Checks one schema and turns it into the table the program uses. */
export function entitySpec(file: string, schema: EntitySchema, codeLists: ReadonlySet<string>): EntitySpec {
  if (!/^[A-Z][A-Za-z]+$/.test(schema['x-entity'] ?? '')) throw invalid(file, 'x-entity is not a PascalCase name');
  if (!/^[a-z][a-z_]+$/.test(schema['x-table'] ?? '')) throw invalid(file, 'x-table is not a snake_case name');
  if (!schema.title || !schema.description) throw invalid(file, 'title or description is missing');
  if (schema.type !== 'object' || schema.additionalProperties !== false)
    throw invalid(file, 'an entity is an object with additionalProperties false');
  const taken = new Set<string>(RESERVED_COLUMNS);
  const fields = Object.entries(schema.properties).map(([name, property]) => {
    const field = fieldSpec(file, name, property, codeLists);
    for (const { name: column } of field.columns) {
      if (taken.has(column)) throw invalid(file, `column ${column} of ${name} is taken; set x-column`);
      taken.add(column);
    }
    return field;
  });
  return {
    name: schema['x-entity'],
    table: schema['x-table'],
    title: schema.title,
    description: schema.description,
    catalogue: catalogueSpec(file, schema['x-catalogue']),
    fields,
  };
}

function catalogueSpec(file: string, given: CatalogueSpec | undefined): CatalogueSpec {
  if (!given) throw invalid(file, 'x-catalogue is missing');
  const { code, category, abstract, published, ...more } = given;
  if (Object.keys(more).length > 0) throw invalid(file, `x-catalogue has unknown ${Object.keys(more)[0]}`);
  if (!/^[123]\d{5}\/\d{6}$/.test(code ?? '')) throw invalid(file, 'x-catalogue.code is not like 101001/000001');
  if (!Array.isArray(category) || category.length !== 2 || !category.every((one) => typeof one === 'string' && one))
    throw invalid(file, 'x-catalogue.category is not item and directory');
  if (!abstract) throw invalid(file, 'x-catalogue.abstract is missing');
  if (!/^\d{4}-\d\d-\d\d$/.test(published ?? '')) throw invalid(file, 'x-catalogue.published is not YYYY-MM-DD');
  return { code, category, abstract, published };
}

function fieldSpec(file: string, name: string, property: SchemaProperty, codeLists: ReadonlySet<string>): FieldSpec {
  const where = { file, field: name };
  for (const key of Object.keys(property)) if (!KNOWN_KEYS.has(key)) throw invalid(file, `${name} has unknown ${key}`);
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) throw invalid(file, `${name} is not camelCase`);
  const { title, description, maxLength } = property;
  if (!title || !description) throw invalid(file, `${name} has no title or no description`);
  const level = property['x-level'];
  if (level !== 1 && level !== 2 && level !== 3 && level !== 4)
    throw new ConfigurationError('STANDARD_LEVEL_MISSING', { params: where });
  const steward = property['x-steward'];
  if (!Array.isArray(steward) || steward.length === 0 || steward.some((one) => !STEWARDS.includes(one)))
    throw new ConfigurationError('STANDARD_STEWARD_MISSING', { params: where });
  const type = property['x-type'];
  if (!type || !(type in SQL_TYPES)) throw invalid(file, `${name} has no known x-type`);
  const share = property['x-share'];
  if (!share || !SHARES.includes(share)) throw invalid(file, `${name} has no x-share`);
  const mask = property['x-mask'];
  if (mask && !MASKS.includes(mask)) throw invalid(file, `${name} has an unknown x-mask`);
  const codeList = property['x-code-list'];
  if ((type === 'code') !== Boolean(codeList)) throw invalid(file, `${name}: x-code-list goes with x-type code`);
  if (codeList && !codeLists.has(codeList)) throw invalid(file, `${name}: no code list ${codeList}`);
  if ((type === 'text' || type === 'identifier') && !maxLength) throw invalid(file, `${name} has no maxLength`);
  if (type !== 'boolean' && type !== 'integer' && property.type !== 'string')
    throw invalid(file, `${name}: a ${type} is a string`);
  const column = property['x-column'] ?? snakeCase(name);
  return {
    name,
    column,
    columns: columnsOf(column, type),
    type,
    level,
    steward,
    share: share as FieldSpec['share'],
    ...(codeList ? { codeList } : {}),
    ...(mask ? { mask } : {}),
    title,
    description,
    ...(maxLength ? { maxLength } : {}),
    ...(property['x-unit'] ? { unit: property['x-unit'] } : {}),
    ...(property['x-internal'] ? { internal: true } : {}),
  };
}

const columnsOf = (column: string, type: FieldType): ColumnSpec[] =>
  type === 'identifier' ? identifierColumns(column) : [{ name: column, type: SQL_TYPES[type] }];

const invalid = (file: string, problem: string): ConfigurationError =>
  new ConfigurationError('STANDARD_SCHEMA_INVALID', { params: { file, problem } });
