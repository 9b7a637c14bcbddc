import type { CodeListSpec } from '../../standard/index.js';
import { HEADER } from './emit-entities.js';

/** `code-lists.ts`: the lists as data, one code a line. */
export function emitCodes(lists: readonly CodeListSpec[]): string {
  const bodies = lists.map(({ codes, ...head }) => {
    const rows = codes.map((code) => `      ${JSON.stringify(code)},`).join('\n');
    return `  '${head.name}': {\n    ...${JSON.stringify(head)},\n    codes: [\n${rows}\n    ],\n  },`;
  });
  return [
    HEADER,
    `import type { CodeListSpec } from '../spec.js';\n`,
    `export type CodeListName =\n${lists.map(({ name }) => `  | '${name}'`).join('\n')};\n`,
    'export const CODE_LISTS: Record<CodeListName, CodeListSpec> = {',
    ...bodies,
    '};',
    '',
  ].join('\n');
}
