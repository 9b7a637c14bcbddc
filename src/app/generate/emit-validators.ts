import { _, stringify, type KeywordCxt } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { FatalError } from '../../platform/kernel/index.js';
import type { CodeListSpec } from '../../standard/index.js';
import { HEADER } from './emit-entities.js';
import type { LoadedEntity } from './load-standard.js';

const ANNOTATIONS = 'entity table left-out catalogue type level steward share mask unit column index internal'
  .split(' ')
  .map((name) => `x-${name}`);

/**
 * `validators.ts`: one compiled function per entity, so that nothing is compiled at start and no `eval` is needed.
 * A code list becomes one set per list, shared by all fields that use it.
 */
export function emitValidators(entities: readonly LoadedEntity[], lists: readonly CodeListSpec[]): string {
  const ajv = new Ajv2020({ code: { source: true, esm: true }, messages: false, strict: true });
  ajv.addVocabulary(ANNOTATIONS);
  const sets = new Map(lists.map((list) => [list.name, list.codes.map(({ code }) => code)]));
  ajv.addKeyword({
    keyword: 'x-code-list',
    type: 'string',
    schemaType: 'string',
    code(context: KeywordCxt) {
      const name = context.schema as string;
      const codes = sets.get(name)!;
      const set = context.gen.scopeValue('obj', { ref: codes, key: name, code: _`new Set(${stringify(codes)})` });
      context.fail(_`!${set}.has(${context.data})`);
    },
  });
  const exports: Record<string, string> = {};
  for (const { schema, spec } of entities) {
    ajv.addSchema(schema);
    exports[spec.name] = schema.$id;
  }
  const code = (standalone as unknown as (ajv: unknown, refs: Record<string, string>) => string)(ajv, exports)
    .replace('"use strict";', '')
    .replace(/const (schema\d+) = (\{.*?\});(?=const |function |export )/g, (_whole, name: string, json: string) => {
      const { properties } = JSON.parse(json) as { properties: object };
      return `const ${name} = new Set(${JSON.stringify(Object.keys(properties))});`;
    })
    .replace(/func\d+\.call\((schema\d+)\.properties, (\w+)\)/g, '$1.has($2)')
    .replace(/const func\d+ = Object\.prototype\.hasOwnProperty;/g, '')
    .replace(/const func\d+ = require\("ajv\/dist\/runtime\/ucs2length"\)\.default;/g, '')
    .replace(/\bfunc\d+\(/g, 'codePoints(')
    .replace(/;(?=const (?:schema|obj|pattern)\d+|export const|function validate|if\(data\.)/g, ';\n');
  if (/require\(|\bfunc\d+\b/.test(code)) throw new FatalError('INTERNAL');
  return [HEADER, '// @ts-nocheck', `import { codePoints } from '../code-points.js';`, code, ''].join('\n');
}
