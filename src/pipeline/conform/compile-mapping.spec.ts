import { describe, expect, it } from '@jest/globals';
import { MESSAGES } from '../../platform/messages/index.js';
import { checkMapping, compileMapping } from './compile-mapping.js';
import { MappingError } from './problems.js';

const manifest = { id: 'test', streams: [{ name: 's', key: ['k'] }] };
const base = { contractVersion: '1', adapter: 'test', version: '1' };

/** Pointer and code of every problem of a mapping with these Person fields. */
const problemsOf = (fields: object, more: object = {}): string[] =>
  check({ ...base, ...more, streams: { s: { records: [{ entity: 'Person', fields }] } } });
const check = (document: unknown): string[] =>
  checkMapping(document, manifest).map(({ pointer, code }) => `${pointer} ${code}`);
const F = '/streams/s/records/0/fields';

describe('a mapping is checked against the standard when it is loaded', () => {
  it.each<[string, object, string]>([
    ['unknown field', { shoeSize: 'x' }, `${F}/shoeSize MAPPING_FIELD_UNKNOWN`],
    ['unknown normaliser', { name: { from: 'x', as: 'magic' } }, `${F}/name/as MAPPING_NORMALISER_UNKNOWN`],
    [
      'normaliser of another type',
      { birthDate: { from: 'x', as: 'decimal' } },
      `${F}/birthDate/as MAPPING_NORMALISER_WRONG_TYPE`,
    ],
    ['date without its shape', { birthDate: 'x' }, `${F}/birthDate MAPPING_NORMALISER_MISSING`],
    [
      'unknown shape',
      { birthDate: { from: 'x', as: 'date', arg: 'DDMM' } },
      `${F}/birthDate/arg MAPPING_ARGUMENT_WRONG`,
    ],
    ['code without table', { sex: 'x' }, `${F}/sex MAPPING_CODES_MISSING`],
    ['unknown table', { sex: { from: 'x', codes: 'nope' } }, `${F}/sex/codes MAPPING_CODES_UNKNOWN`],
    ['table of another list', { sex: { from: 'x', codes: 'ethnicity' } }, `${F}/sex/codes MAPPING_CODES_WRONG_LIST`],
    ['table for a text', { name: { from: 'x', codes: 'sex' } }, `${F}/name/codes MAPPING_CODES_MISPLACED`],
    ['constant not in the list', { sex: { constant: '7' } }, `${F}/sex/constant MAPPING_CODE_NOT_IN_LIST`],
    ['constant of another type', { name: { constant: 7 } }, `${F}/name/constant MAPPING_TYPE_WRONG`],
    ['bad path', { name: 'a..b' }, `${F}/name MAPPING_PATH_INVALID`],
    ['bad path inside', { name: { coalesce: ['a', '__proto__'] } }, `${F}/name/coalesce/1 MAPPING_PATH_INVALID`],
    ['two sources', { name: { from: 'a', constant: 'b' } }, `${F}/name MAPPING_EXPRESSION_INVALID`],
    ['no source', { name: { as: 'name' } }, `${F}/name MAPPING_EXPRESSION_INVALID`],
    [
      'option of another source',
      { name: { coalesce: ['a', 'b'], as: 'name' } },
      `${F}/name/as MAPPING_OPTION_MISPLACED`,
    ],
    ['concat of one', { name: { concat: ['a'] } }, `${F}/name/concat MAPPING_TOO_FEW`],
    [
      'unknown by-product',
      { sex: { from: 'a', as: 'citizenId', take: 'zodiac' } },
      `${F}/sex/take MAPPING_TAKE_UNKNOWN`,
    ],
    ['empty condition', { name: { from: 'a', when: { path: 'b' } } }, `${F}/name/when MAPPING_CONDITION_INVALID`],
    [
      'back-reference',
      { name: { from: 'a', when: { path: 'b', matches: '(a)\\1' } } },
      `${F}/name/when/matches MAPPING_PATTERN_INVALID`,
    ],
    [
      'unknown named condition',
      { name: { from: 'a', when: { use: 'c' } } },
      `${F}/name/when/use MAPPING_CONDITION_UNKNOWN`,
    ],
    ['yes/no for a text', { name: { test: { path: 'a', present: true } } }, `${F}/name/test MAPPING_TYPE_WRONG`],
  ])('%s', (_what, fields, problem) => {
    expect(problemsOf(fields)).toContain(problem);
  });

  it.each<[string, object, string]>([
    [
      'code not in the list',
      { a: { version: '1', list: 'sex', map: { x: '7' } } },
      '/codes/a/map/x MAPPING_CODE_NOT_IN_LIST',
    ],
    [
      'dictionary code not in the list',
      { a: { version: '1', list: 'sex', contains: [{ text: 'x', code: '7' }] } },
      '/codes/a/contains/0/code MAPPING_CODE_NOT_IN_LIST',
    ],
    ['unknown list', { a: { version: '1', list: 'nope', map: { x: '1' } } }, '/codes/a/list MAPPING_CODE_LIST_UNKNOWN'],
    [
      'name of a standard list',
      { sex: { version: '1', list: 'sex', map: { x: '1' } } },
      '/codes/sex MAPPING_CODES_SHADOW',
    ],
    ['empty table', { a: { version: '1', list: 'sex' } }, '/codes/a MAPPING_CODES_EMPTY'],
  ])('table: %s', (_what, codes, problem) => {
    expect(problemsOf({ name: 'n' }, { codes })).toContain(problem);
  });

  it('finds streams without mapping, mappings without stream, wrong parts and other adapters', () => {
    const record = { entity: 'Person', fields: { name: 'n' } };
    expect(check({ ...base, adapter: 'other', streams: { t: { records: [record] } } })).toEqual([
      '/adapter MAPPING_ADAPTER_OTHER',
      '/streams/t MAPPING_STREAM_UNKNOWN',
      '/streams MAPPING_STREAM_MISSING',
    ]);
    expect(check({ ...base, streams: { s: { records: [record, { ...record, part: '' }] } } })).toEqual([
      '/streams/s/records/1 MAPPING_PART_DUPLICATE',
      '/streams/s/records MAPPING_PRIMARY_TWICE',
    ]);
    expect(check({ ...base, streams: { s: { records: [{ ...record, part: 'x' }] } } })).toEqual([
      '/streams/s/records/0/part MAPPING_PRIMARY_PART',
    ]);
    expect(check({ ...base, streams: { s: { records: [{ ...record, entity: 'Alien' }] } } })).toEqual([
      '/streams/s/records/0/entity MAPPING_ENTITY_UNKNOWN',
    ]);
  });

  it('refuses unknown keys, missing keys and codes that are not text', () => {
    expect(
      check({
        ...base,
        colour: 'red',
        streams: { s: { records: [{ entity: 'Person', fields: { name: { from: 'n', loop: 1 } } }] } },
      }),
    ).toEqual(expect.arrayContaining([' MAPPING_KEY_UNKNOWN', `${F}/name MAPPING_KEY_UNKNOWN`]));
    expect(check({ ...base })).toEqual([' MAPPING_KEY_REQUIRED']);
    expect(check('text')).toEqual([' MAPPING_SHAPE_WRONG']);
    expect(problemsOf({ name: 'n' }, { codes: { a: { version: '1', list: 'sex', map: { x: 1 } } } })).toEqual([
      '/codes/a/map/x MAPPING_SHAPE_WRONG',
    ]);
  });

  it('lists everything at once, each with a message in both languages', () => {
    const document = {
      ...base,
      streams: { s: { records: [{ entity: 'Person', fields: { shoeSize: 'x', sex: 'x', birthDate: 'x' } }] } },
    };
    let caught: unknown;
    try {
      compileMapping(document, manifest);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(MappingError);
    const { problems } = caught as MappingError;
    expect(problems).toHaveLength(3);
    for (const { code, file } of problems) {
      expect(Object.keys(MESSAGES)).toContain(code);
      expect(file).toBe('mapping.yaml');
    }
  });
});
