import { ENTITIES, type EntityName } from './generated/entities.js';
import * as validators from './generated/validators.js';
import type { FieldType } from './spec.js';

/** What is wrong with one field; names and rule only, never the value. */
export interface Violation {
  /** '' when the record as a whole is meant. */
  field: string;
  rule: 'unknownField' | 'type' | 'maxLength' | 'pattern' | 'code' | 'masked';
}

interface Validator {
  (values: unknown): boolean;
  errors?: { instancePath: string; keyword: string; params: Record<string, unknown> }[] | null;
}

const VALIDATORS = validators as unknown as Record<EntityName, Validator>;

const RULES: Record<string, Violation['rule']> = {
  additionalProperties: 'unknownField',
  type: 'type',
  maxLength: 'maxLength',
  pattern: 'pattern',
  'x-code-list': 'code',
};

/** Columns of these types cannot hold a masked text such as `1965****`. */
const NOT_MASKABLE: readonly FieldType[] = ['date', 'decimal', 'integer', 'boolean'];

/**
 * Checks one record's values against its entity: known fields, types, lengths, shapes and codes (≈ 0.3 µs).
 * A field that is MASKED_AT_SOURCE keeps its masked text, which only has to fit a text column.
 *
 * @param values the fields that have a value; a null counts as absent.
 * @returns null when the record is right, else the first thing that is wrong.
 */
export function validateValues(
  entity: EntityName,
  values: Readonly<Record<string, unknown>>,
  states: Readonly<Record<string, string>> | null = null,
): Violation | null {
  const validator = VALIDATORS[entity];
  if (validator(values)) return null;
  const rest: Record<string, unknown> = {};
  const masked = setMaskedAside(entity, values, states, rest);
  if (masked) return masked;
  if (validator(rest)) return null;
  const error = validator.errors![0]!;
  const field =
    error.keyword === 'additionalProperties' ? String(error.params.additionalProperty) : error.instancePath.slice(1);
  return { field, rule: RULES[error.keyword] ?? 'type' };
}

/** The slow path: copies what is neither null nor masked to `rest`, and checks the masked texts. */
function setMaskedAside(
  entity: EntityName,
  values: Readonly<Record<string, unknown>>,
  states: Readonly<Record<string, string>> | null,
  rest: Record<string, unknown>,
): Violation | null {
  for (const [name, value] of Object.entries(values)) {
    if (value === null) continue;
    if (states?.[name] !== 'MASKED_AT_SOURCE') {
      rest[name] = value;
      continue;
    }
    const field = ENTITIES[entity].fields.find((one) => one.name === name);
    if (!field) return { field: name, rule: 'unknownField' };
    if (typeof value !== 'string' || NOT_MASKABLE.includes(field.type)) return { field: name, rule: 'masked' };
    if (value.length > (field.maxLength ?? 40)) return { field: name, rule: 'maxLength' };
  }
  return null;
}
