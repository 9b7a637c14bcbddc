import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { AdapterManifest } from '../contract.js';
import type { ManifestProblem } from './problems.js';
import { expectationOf, isInner, OPTIONS } from './schema-errors.js';

const FILE = new URL('../../../../schemas/adapter/manifest.schema.json', import.meta.url);
let validator: ValidateFunction<AdapterManifest> | undefined;

/** Checks a value against `schemas/adapter/manifest.schema.json`; every problem found, none = it has a manifest's shape. */
export function checkStructure(value: unknown, file: string): ManifestProblem[] {
  validator ??= new Ajv2020(OPTIONS).compile<AdapterManifest>(JSON.parse(readFileSync(FILE, 'utf8')) as object);
  if (validator(value)) return [];
  return (validator.errors ?? []).filter(isInner).map((error) => problemOf(error, file));
}

function problemOf(error: ErrorObject, file: string): ManifestProblem {
  const params = error.params as Record<string, unknown>;
  const pointer = error.instancePath;
  const key = pointer.split('/').at(-1) ?? '';
  if (error.keyword === 'additionalProperties')
    return { file, pointer, code: 'ADAPTER_KEY_UNKNOWN', params: { key: String(params['additionalProperty']) } };
  if (error.keyword === 'false schema') return { file, pointer, code: 'ADAPTER_KEY_UNKNOWN', params: { key } };
  if (error.keyword === 'required')
    return { file, pointer, code: 'ADAPTER_KEY_REQUIRED', params: { key: String(params['missingProperty']) } };
  return { file, pointer, code: 'ADAPTER_VALUE', params: { key, expected: expectationOf(error) } };
}
