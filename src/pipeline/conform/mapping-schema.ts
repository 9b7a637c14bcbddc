import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { MappingDocument } from './mapping-document.js';
import type { Problems } from './problems.js';

const FILE = new URL('../../../schemas/adapter/mapping.schema.json', import.meta.url);
let validator: ValidateFunction<MappingDocument> | undefined;

/** Checks a document against `schemas/adapter/mapping.schema.json`; false when it has not the shape of a mapping. */
export function checkStructure(document: unknown, problems: Problems): document is MappingDocument {
  validator ??= new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile<MappingDocument>(
    JSON.parse(readFileSync(FILE, 'utf8')) as object,
  );
  if (validator(document)) return true;
  for (const error of validator.errors ?? []) report(error, problems);
  return false;
}

function report(error: ErrorObject, problems: Problems): void {
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties':
      return problems.add(error.instancePath, 'MAPPING_KEY_UNKNOWN', { key: String(params['additionalProperty']) });
    case 'required':
      return problems.add(error.instancePath, 'MAPPING_KEY_REQUIRED', { key: String(params['missingProperty']) });
    case 'type':
      return problems.add(error.instancePath, 'MAPPING_SHAPE_WRONG', { expected: String(params['type']) });
    default:
      return problems.add(error.instancePath, 'MAPPING_SHAPE_WRONG', { expected: error.message ?? error.keyword });
  }
}
