import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileMapping } from './compile-mapping.js';
import { loadAdapter } from './load-adapter.js';
import { bundledAdapters } from '../../../test/kit/bundled.js';

const ADAPTERS = new URL('../../../adapters/', import.meta.url);
const SEED = 20261101;

/** Values a row may hold where a text was expected, the nasty ones first. */
const anything = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '\ufffd',
    '\ud800',
    '*',
    '无',
    '3000-01',
    '1900-01-01',
    '9.9E+17',
    '990101**********26',
    '__proto__',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60, -0),
);

for (const id of bundledAdapters()) {
  const adapter = loadAdapter(new URL(id, ADAPTERS).pathname);
  const mappings = compileMapping(adapter.mapping, adapter.manifest);
  describe(`${id}: whatever the source says`, () => {
    for (const [stream, mapping] of mappings) {
      const rows = JSON.parse(readFileSync(new URL(`${id}/fixtures/${stream}.input.json`, ADAPTERS), 'utf8')) as Record<
        string,
        unknown
      >[];
      const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      /** A good row with some of its fields replaced or taken away. */
      const damaged = fc
        .tuple(
          fc.constantFrom(...rows),
          fc.dictionary(fc.constantFrom(...names), fc.option(anything, { nil: undefined }), { maxKeys: 4 }),
        )
        .map(([row, changes]) => ({ ...row, ...changes }) as Record<string, unknown>);

      it(`${stream}: conform answers, changes nothing and answers the same again`, () => {
        fc.assert(
          fc.property(
            fc.oneof(damaged, fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Record<string, unknown>>),
            (row) => {
              const before = structuredClone(row);
              const first = structuredClone(mapping.conform(row));
              mapping.conform(rows[0] as Record<string, unknown>);
              expect(mapping.conform(row)).toEqual(first);
              expect(row).toEqual(before);
            },
          ),
          { seed: SEED, numRuns: 150 },
        );
      });

      it(`${stream}: a rejection never repeats the value`, () => {
        fc.assert(
          fc.property(damaged, (row) => {
            const outcome = mapping.conform(row);
            if (outcome.kind !== 'rejected') return;
            const { code, pointer, shape, reason } = outcome.rejection;
            const said = JSON.stringify([code, shape, reason ?? '']);
            expect(pointer === '' || pointer.startsWith('/')).toBe(true);
            for (const value of Object.values(row))
              if (typeof value === 'string' && value.trim().length > 7) expect(said).not.toContain(value.trim());
          }),
          { seed: SEED, numRuns: 100 },
        );
      });
    }
  });
}
