import type { ErrorObject, SchemaObject } from 'ajv/dist/2020.js';

/** What a value must be, in words both languages share: a type, the permitted values, or an example. */
export function expectationOf(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>;
  const example = (error.parentSchema as { examples?: unknown[] } | undefined)?.examples?.[0];
  switch (error.keyword) {
    case 'type':
      return [params['type']].flat().join(' / ');
    case 'enum':
      return (params['allowedValues'] as unknown[]).map((value) => JSON.stringify(value)).join(', ');
    case 'const':
      return JSON.stringify(params['allowedValue']);
    default:
      if (example !== undefined) return `${typeof example === 'string' ? example : JSON.stringify(example)}`;
      return error.keyword === 'pattern' ? String(params['pattern']) : (error.message ?? error.keyword);
  }
}

/** Ajv reports a failed `if` or `oneOf` besides what failed inside it: only the inner errors say something. */
export const isInner = (error: ErrorObject): boolean => error.keyword !== 'if';

/** Keys of our own that ajv shall pass over. */
export const VOCABULARY = ['x-secret'];

export const OPTIONS = {
  allErrors: true,
  verbose: true,
  allowUnionTypes: true,
  strictTypes: false,
  strictRequired: false,
} as const;

export type { SchemaObject };
