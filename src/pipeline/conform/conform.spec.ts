import { describe, expect, it } from '@jest/globals';
import { compileMapping } from './compile-mapping.js';
import type { ExpressionDocument, RecordDocument, StreamDocument } from './mapping-document.js';
import type { CompiledMapping, Conformed, StandardRecord } from './standard-record.js';

const CODES = {
  sexOfPages: { version: '1', list: 'sex', map: { '0': '1', '1': '2' } },
  help: {
    version: '1',
    list: 'assistance-category',
    map: { '01': 'DB_C' },
    contains: [{ text: '护理补贴', code: 'CJ_HL' }],
  },
};

interface Options {
  stream?: Partial<StreamDocument>;
  key?: string[];
  keyIsIdentifier?: boolean;
  defaultArea?: string;
}

function compile(records: RecordDocument[], options: Options = {}): CompiledMapping {
  const { stream = {}, key = ['k'], keyIsIdentifier = false, defaultArea } = options;
  const manifest = {
    id: 'test',
    streams: [{ name: 's', key, keyIsIdentifier }],
    placeholders: { text: ['无', '未知'], phone: ['13800000000'], date: ['1900-01-01', '2037-01-01'] },
  };
  const document = {
    contractVersion: '1',
    adapter: 'test',
    version: '1',
    codes: CODES,
    streams: { s: { ...stream, records } },
  };
  const compiled = compileMapping(document, manifest, defaultArea === undefined ? {} : { defaultArea }).get('s');
  if (compiled === undefined) throw new Error('no mapping');
  return compiled;
}

/** One Person field from one row. */
function person(
  field: string,
  expression: ExpressionDocument | string,
  row: Record<string, unknown>,
): StandardRecord | Conformed {
  const outcome = compile([{ entity: 'Person', fields: { [field]: expression } }]).conform({ k: '1', ...row });
  return outcome.kind === 'records' ? (outcome.records[0] as StandardRecord) : outcome;
}

describe('the five ways of having no ordinary value stay apart', () => {
  const name: ExpressionDocument = { from: 'n', as: 'name' };
  it.each([
    ['absent', {}, {}, null],
    ['null', { n: null }, {}, { name: 'EMPTY' }],
    ['blank', { n: ' 　' }, {}, { name: 'EMPTY' }],
    ['masked', { n: '张**' }, { name: '张**' }, { name: 'MASKED_AT_SOURCE' }],
    ['placeholder', { n: '未知' }, {}, { name: 'PLACEHOLDER' }],
    ['value', { n: '张三' }, { name: '张三' }, null],
  ])('%s', (_kind, row, values, states) => {
    expect(person('name', name, row)).toMatchObject({ values, states });
  });

  it('compares placeholders by type, after normalising', () => {
    expect(person('mobile', 'p', { p: '138-0000-0000' })).toMatchObject({
      values: {},
      states: { mobile: 'PLACEHOLDER' },
    });
    const date: ExpressionDocument = { from: 'd', as: 'date', arg: 'YYYYMMDD' };
    expect(person('birthDate', date, { d: '19000101' })).toMatchObject({
      values: {},
      states: { birthDate: 'PLACEHOLDER' },
    });
  });

  it('takes a far date as an open end where the mapping says so', () => {
    const date: ExpressionDocument = { from: 'd', as: 'date', arg: 'YYYY-MM-DD HH:mm:ss' };
    const row = { d: '2037-01-01 00:00:00' };
    expect(person('deathDate', date, row)).toMatchObject({ states: { deathDate: 'PLACEHOLDER' } });
    expect(person('deathDate', { ...date, emptyWhen: ['2037-01-01'] }, row)).toMatchObject({
      states: { deathDate: 'EMPTY' },
    });
  });
});

describe('identity numbers', () => {
  const id: ExpressionDocument = { from: 'i', as: 'citizenId' };
  it.each([
    ['15 digits are raised', '990101880808004', '990101198808080048'],
    ['full width and blanks', ' 990101 20000229 003８', '990101200002290038'],
    ['a wrong check stays as written', '990101195001010018', '990101195001010018'],
  ])('%s', (_what, written, value) => {
    expect(person('idNumber', id, { i: written })).toMatchObject({ values: { idNumber: value }, states: null });
  });

  it('keeps the masked text', () => {
    const values = { idNumber: '990101**********26' };
    expect(person('idNumber', id, { i: values.idNumber })).toMatchObject({
      values,
      states: { idNumber: 'MASKED_AT_SOURCE' },
    });
  });

  it('rejects what is no number, showing its shape only', () => {
    expect(person('idNumber', id, { i: '9.90101E+17' })).toMatchObject({
      kind: 'rejected',
      rejection: { code: 'MAPPING_INVALID_VALUE', pointer: '/i', shape: 'string(11) digits+letters+marks' },
    });
    expect(person('idNumber', id, { i: 990101195001010010 })).toMatchObject({ rejection: { reason: 'digitsLost' } });
  });

  it('gives birth date and sex only where a mapping asks, and never from a wrong or masked number', () => {
    const birth: ExpressionDocument = {
      coalesce: [
        { from: 'd', as: 'date', arg: 'YYYYMMDD' },
        { ...id, take: 'birthDate' },
      ],
    };
    expect(person('birthDate', birth, { d: '19620101', i: '990101196212310026' })).toMatchObject({
      values: { birthDate: '1962-01-01' },
    });
    expect(person('birthDate', birth, { d: '', i: '990101196212310026' })).toMatchObject({
      values: { birthDate: '1962-12-31' },
    });
    expect(person('birthDate', birth, { d: '', i: '990101195001010018' })).toMatchObject({
      values: {},
      states: { birthDate: 'EMPTY' },
    });
    expect(person('sex', { ...id, take: 'sex' }, { i: '990101196212310026' })).toMatchObject({ values: { sex: '2' } });
    expect(person('sex', { ...id, take: 'sex' }, { i: '990101**********26' })).toMatchObject({
      values: {},
      states: null,
    });
  });
});

describe('codes', () => {
  it('translates, and refuses what the table does not know', () => {
    expect(person('sex', { from: 's', codes: 'sexOfPages' }, { s: 0 })).toMatchObject({ values: { sex: '1' } });
    expect(person('sex', { from: 's', codes: 'sex' }, { s: ' 9 ' })).toMatchObject({ values: { sex: '9' } });
    expect(person('sex', { from: 's', codes: 'sexOfPages' }, { s: '2' })).toMatchObject({
      kind: 'rejected',
      key: '1',
      rejection: { code: 'MAPPING_UNKNOWN_CODE', pointer: '/s', shape: 'string(1) digits' },
    });
    expect(person('sex', { from: 's', codes: 'sexOfPages' }, { s: '未知' })).toMatchObject({
      states: { sex: 'PLACEHOLDER' },
    });
  });

  it('classifies free text by dictionary after the table', () => {
    const fields = { category: { from: 'c', codes: 'help' }, rawCategory: 'c' };
    const mapping = compile([{ entity: 'SocialAssistance', fields }]);
    expect(mapping.conform({ k: '1', c: '2023一级重度残疾人护理补贴' })).toMatchObject({
      records: [{ values: { category: 'CJ_HL', rawCategory: '2023一级重度残疾人护理补贴' } }],
    });
    expect(mapping.conform({ k: '1', c: '别的' })).toMatchObject({ kind: 'rejected', rejection: { pointer: '/c' } });
  });
});

describe('expressions', () => {
  it('joins, leaving the whole out when a part is missing, or skipping the part', () => {
    const concat = ['a', { constant: '幢' }, 'b'];
    expect(person('name', { concat }, { a: '3', b: '2' })).toMatchObject({ values: { name: '3幢2' } });
    expect(person('name', { concat }, { a: '3' })).toMatchObject({ values: {}, states: null });
    expect(person('name', { concat, missing: 'skip', separator: ' ' }, { a: '3' })).toMatchObject({
      values: { name: '3 幢' },
    });
  });

  it('chooses the first value, else says why there is none', () => {
    const coalesce = ['a', 'b'];
    expect(person('name', { coalesce }, { a: '', b: '乙' })).toMatchObject({ values: { name: '乙' }, states: null });
    expect(person('name', { coalesce }, { a: '', b: '甲**' })).toMatchObject({
      values: { name: '甲**' },
      states: { name: 'MASKED_AT_SOURCE' },
    });
    expect(person('name', { coalesce }, { a: '无' })).toMatchObject({ values: {}, states: { name: 'PLACEHOLDER' } });
  });

  it('asks conditions: equals, in, present, matches, valid, all, any, not', () => {
    const when = {
      all: [
        { path: 'a', in: ['x', 'y'] },
        {
          any: [
            { path: 'b', matches: '^9[13]' },
            { path: 'b', valid: 'phone' },
          ],
        },
        { not: { path: 'c', present: true } },
      ],
    };
    const mapped = (row: Record<string, unknown>): unknown => person('name', { constant: '甲', when }, row);
    expect(mapped({ a: 'y', b: '91' })).toMatchObject({ values: { name: '甲' } });
    expect(mapped({ a: 'y', b: '13900000001', c: ' ' })).toMatchObject({ values: { name: '甲' } });
    for (const row of [{ a: 'z', b: '91' }, { a: 'x', b: '81' }, { a: 'x', b: '91', c: 1 }, { b: '91' }])
      expect(mapped(row)).toMatchObject({ values: {} });
  });

  it('may count an unreadable value as a placeholder', () => {
    expect(person('mobile', { from: 'p', onInvalid: 'placeholder' }, { p: 'abc' })).toMatchObject({
      states: { mobile: 'PLACEHOLDER' },
    });
    expect(person('mobile', 'p', { p: 'abc' })).toMatchObject({ rejection: { code: 'MAPPING_INVALID_VALUE' } });
  });

  it('rejects lists, objects and values out of the standard', () => {
    expect(person('name', 'n', { n: ['张'] })).toMatchObject({
      rejection: { code: 'MAPPING_NOT_SCALAR', shape: 'array(1)' },
    });
    expect(person('name', 'n', { n: '长'.repeat(51) })).toMatchObject({
      rejection: { code: 'MAPPING_OUT_OF_STANDARD', pointer: '/n', reason: 'name: maxLength' },
    });
  });
});

describe('a source record as a whole', () => {
  const records: RecordDocument[] = [{ entity: 'Person', personKey: 'p', fields: { name: 'n' } }];
  const row = { k: '1', p: 'P', n: '张三' };

  it('is deleted, skipped with a reason, or mapped with key, person key and area', () => {
    const stream: Partial<StreamDocument> = {
      deletedWhen: { path: 'gone', equals: '1' },
      skipWhen: [{ when: { path: 'flag', equals: 'F' }, reason: 'virtual-owner' }],
      area: { from: 'area', as: 'division' },
    };
    const { conform } = compile(records, { stream, defaultArea: '990101' });
    expect(conform({ ...row, gone: 1 })).toEqual({ kind: 'deleted', key: '1' });
    expect(conform({ ...row, flag: 'F' })).toEqual({ kind: 'skipped', key: '1', reason: 'virtual-owner' });
    expect(conform({ ...row, area: '990101001001' })).toMatchObject({
      records: [{ personKey: 'P', area: '990101001001' }],
    });
    expect(conform(row)).toMatchObject({ key: '1', records: [{ area: '990101' }] });
  });

  it('joins several key parts so that no two keys look alike', () => {
    const { conform } = compile(records, { key: ['a', 'b'] });
    expect(conform({ ...row, a: '2026-09', b: 'x' })).toMatchObject({ key: '2026-09|x' });
    expect(conform({ ...row, a: 'x|y', b: 'z' })).toMatchObject({ key: 'x\\|y|z' });
    expect(conform({ ...row, a: 'x', b: '' })).toMatchObject({
      kind: 'rejected',
      key: null,
      rejection: { pointer: '/b' },
    });
  });

  it('takes an identifier as key in one form, and refuses a masked one', () => {
    const mapping = compile([{ entity: 'Person', personKey: { identifier: 'k' }, fields: { name: 'n' } }], {
      keyIsIdentifier: true,
    });
    expect(mapping.keyIsIdentifier).toBe(true);
    expect(mapping.conform({ ...row, k: '990101880808004' })).toMatchObject({
      key: '990101198808080048',
      records: [{ personKey: '990101198808080048', personKeyIsIdentifier: true }],
    });
    expect(mapping.conform({ ...row, k: 'e1234567' })).toMatchObject({ key: 'E1234567' });
    expect(mapping.conform({ ...row, k: '990101**********26' })).toMatchObject({ kind: 'rejected', key: null });
  });

  it('knows version rows and their reversal', () => {
    const versioned = {
      from: { from: 'b', as: 'dateTime', arg: 'YYYYMMDDHHmmss' },
      to: { from: 'e', as: 'dateTime' },
      reversal: { path: 'r', in: ['1', '2'] },
    };
    const mapping = compile(records, { stream: { versioned } });
    expect(mapping.versioned).toBe(true);
    expect(mapping.conform({ ...row, b: '20250310110000', e: '', r: '0' })).toMatchObject({
      validity: { from: '2025-03-10T11:00:00+08:00', to: null, reversed: false },
    });
    expect(mapping.conform({ ...row, b: '20250310110000', r: '2' })).toMatchObject({ validity: { reversed: true } });
    expect(mapping.conform({ ...row, b: '' })).toMatchObject({
      rejection: { code: 'MAPPING_VALIDITY_MISSING', pointer: '/b' },
    });
  });

  it('makes several records, one of them primary', () => {
    const mapping = compile([
      { entity: 'Person', when: { path: 't', equals: 'P' }, fields: { name: 'n' } },
      { entity: 'Organization', part: '', when: { path: 't', equals: 'C' }, fields: { name: 'n' } },
    ]);
    expect(mapping).toMatchObject({ primaryEntity: 'Person', primaryEntities: ['Person', 'Organization'] });
    expect(mapping.conform({ ...row, t: 'C' })).toMatchObject({ records: [{ entity: 'Organization', part: '' }] });
    expect(mapping.conform({ ...row, t: 'X' })).toMatchObject({ rejection: { code: 'MAPPING_NO_PRIMARY' } });
  });

  it.each([null, [], 'text', 3])('%j is no record', (odd) => {
    const outcome = compile(records).conform(odd as unknown as Record<string, unknown>);
    expect(outcome).toMatchObject({ kind: 'rejected', key: null, rejection: { code: 'MAPPING_NOT_A_RECORD' } });
  });
});
