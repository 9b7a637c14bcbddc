import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntitySchema, SchemaProperty } from './load-standard.js';
import { checkCodeList, loadCodeLists } from './load-codes.js';
import { changedFiles, planFiles } from './plan-files.js';

const ROOT = process.cwd();
const PERSON = 'schemas/standard/v1/person.json';
let root: string;

/** A copy of what the generator reads, so that a test can change it. */
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'isthmus-generate-'));
  for (const path of ['adapters', 'schemas', 'src/standard/generated', 'src/platform/database/migrations']) {
    mkdirSync(join(root, path), { recursive: true });
    cpSync(join(ROOT, path), join(root, path), { recursive: true });
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs `use` with the Person schema changed. */
async function withPerson<T>(
  change: (properties: Record<string, SchemaProperty>) => void,
  use: () => Promise<T>,
): Promise<T> {
  const before = readFileSync(join(root, PERSON), 'utf8');
  const schema = JSON.parse(before) as EntitySchema;
  change(schema.properties);
  writeFileSync(join(root, PERSON), JSON.stringify(schema));
  try {
    return await use();
  } finally {
    writeFileSync(join(root, PERSON), before);
  }
}

const NEW_FIELD: SchemaProperty = {
  title: '学历',
  description: 'Education.',
  type: 'string',
  'x-type': 'code',
  'x-level': 3,
  'x-steward': ['police'],
  'x-share': 'conditional',
  'x-code-list': 'education',
};

describe('the generator', () => {
  it('has nothing to change in what is committed', async () => {
    expect(changedFiles(ROOT, await planFiles(ROOT))).toEqual([]);
  });

  it('makes a new field everywhere and one additive migration', async () => {
    const files = await withPerson(
      (properties) => (properties.education = NEW_FIELD),
      () => planFiles(root),
    );
    const path = [...files.keys()].find((name) => name.endsWith('.sql'))!;
    expect(path).toMatch(/migrations\/\d{4}-standard-adds-education\.sql$/);
    const lines = files
      .get(path)!
      .split('\n')
      .filter((line) => line.startsWith('ALTER'));
    expect(lines).toEqual(
      ['person', 'person_version', 'resident', 'resident_version'].map(
        (table) => `ALTER TABLE data.${table} ADD COLUMN education text;`,
      ),
    );
    expect(files.get('src/standard/generated/types.ts')).toContain('education?: string;');
    expect(files.get('src/standard/generated/graphql.ts')).toContain('education: String');
    expect(files.get('src/standard/generated/entities.ts')).toContain('"education"');
    expect(files.get('src/standard/generated/validators.ts')).toContain('data.education');
    expect(files.get('src/standard/generated/field-rules.ts')).toContain('education: 3');
    expect(files.get('schemas/README.md')).toContain('| `education` | 学历 |');
  });

  it('gives the golden row no ciphertext for a new identifier', async () => {
    const files = await withPerson(
      (properties) => {
        properties.passportNumber = {
          ...NEW_FIELD,
          maxLength: 20,
          'x-type': 'identifier',
          'x-level': 4,
        };
        delete properties.passportNumber['x-code-list'];
      },
      () => planFiles(root),
    );
    const sql = [...files].find(([name]) => name.endsWith('.sql'))![1];
    expect(sql).toContain('ALTER TABLE data.person ADD COLUMN passport_number_sealed bytea;');
    expect(sql).toContain('ALTER TABLE data.resident ADD COLUMN passport_number_key text;');
    expect(sql).not.toContain('ALTER TABLE data.resident ADD COLUMN passport_number_sealed');
    expect(sql).toContain('CREATE INDEX person_passport_number_index');
  });

  it.each<[string, (properties: Record<string, SchemaProperty>) => void]>([
    ['STANDARD_LEVEL_MISSING', (properties) => delete properties.name!['x-level']],
    ['STANDARD_STEWARD_MISSING', (properties) => delete properties.name!['x-steward']],
    ['STANDARD_STEWARD_MISSING', (properties) => (properties.name!['x-steward'] = [])],
    ['STANDARD_CHANGE_DESTRUCTIVE', (properties) => delete properties.formerName],
    ['STANDARD_CHANGE_DESTRUCTIVE', (properties) => (properties.deathDate!['x-type'] = 'date')],
    ['STANDARD_SCHEMA_INVALID', (properties) => delete properties.name!.maxLength],
    ['STANDARD_SCHEMA_INVALID', (properties) => (properties.sex!['x-code-list'] = 'no-such-list')],
    ['STANDARD_SCHEMA_INVALID', (properties) => (properties.states = { ...NEW_FIELD })],
    ['STANDARD_SCHEMA_INVALID', (properties) => Object.assign(properties.name!, { 'x-levle': 3 })],
  ])('refuses with %s', async (code, change) => {
    await expect(withPerson(change, () => planFiles(root))).rejects.toMatchObject({ code });
  });

  it('counts and compares every code list', () => {
    const lists = loadCodeLists(join(ROOT, 'schemas/codes'));
    const sex = lists.find(({ name }) => name === 'sex')!;
    const check = (codes: typeof sex.codes, count: number) => () => checkCodeList('sex.json', { ...sex, codes, count });
    const invalid = expect.objectContaining({ code: 'STANDARD_CODE_LIST_INVALID' });
    expect(check(sex.codes, 5)).toThrow(invalid);
    expect(check([...sex.codes, { code: '1', name: '男性' }], 5)).toThrow(invalid);
    expect(check([...sex.codes, { code: '3', name: '男' }], 5)).toThrow(invalid);
    expect(check([...sex.codes, { code: '3', name: '其他', parent: '8' }], 5)).toThrow(invalid);
    expect(check([...sex.codes, { code: '3', name: '其他' }], 5)).not.toThrow();
  });
});
