import type { FieldSpec } from '../../standard/index.js';
import { HEADER } from './emit-entities.js';
import type { LoadedEntity } from './load-standard.js';

/** `field-rules.ts`: level, mask and stewards of every field, as the policy and the golden record read them. */
export function emitRules(entities: readonly LoadedEntity[]): string {
  const table = (value: (field: FieldSpec) => unknown): string =>
    entities
      .map(({ spec }) => {
        const rows = spec.fields
          .filter((field) => value(field) !== undefined)
          .map((field) => `${field.name}: ${JSON.stringify(value(field))}`);
        return `  ${spec.name}: { ${rows.join(', ')} },`;
      })
      .join('\n');
  return [
    HEADER,
    `import type { Level, MaskName, ShareType, Steward } from '../spec.js';`,
    `import type { EntityName } from './entities.js';\n`,
    `export const FIELD_LEVELS: Record<EntityName, Readonly<Record<string, Level>>> = {\n${table((field) => field.level)}\n};\n`,
    `export const FIELD_MASKS: Record<EntityName, Readonly<Record<string, MaskName>>> = {\n${table((field) => field.mask)}\n};\n`,
    `export const FIELD_STEWARDS: Record<EntityName, Readonly<Record<string, readonly Steward[]>>> = {\n${table((field) => field.steward)}\n};\n`,
    `export const FIELD_SHARES: Record<EntityName, Readonly<Record<string, ShareType>>> = {\n${table((field) => field.share)}\n};`,
    '',
  ].join('\n');
}
