import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { Cli } from '../kit/cli.js';
import { syntheticId } from '../kit/sync-bench.js';

jest.setTimeout(180_000);

const home = mkdtempSync(join(tmpdir(), 'isthmus-desk-'));
const ledger = join(home, 'ledger');
const cli = new Cli({
  PORT: '0',
  ISTHMUS_DATA_DIR: join(home, 'data'),
  ISTHMUS_TOWN_DIR: join(home, 'town'),
  ISTHMUS_DEMO: 'off',
});
const NUMBERS = Array.from({ length: 60 }, (_, at) => syntheticId(at));
/** The first two say a word for the sex that the mapping does not know; the second name would be a formula. */
const write = (file: string, count: number): void =>
  writeFileSync(
    join(ledger, file),
    `姓名,身份证号,性别,联系电话\n${NUMBERS.slice(0, count)
      .map((number, at) => `${at === 1 ? '=1+1' : `测${at}`},${number},${at < 2 ? '男性' : '男'},1500000${1000 + at}`)
      .join('\n')}\n`,
  );
const adapter = join(home, 'adapter');

beforeAll(async () => {
  mkdirSync(ledger);
  write('1.csv', 60);
  cpSync(new URL('../../adapters/example-csv', import.meta.url), adapter, { recursive: true });
  expect((await cli.run(['source', 'add', 'desk', '--adapter', adapter, '--set', `directory=${ledger}`])).code).toBe(0);
  expect((await cli.run(['source', 'sync', 'desk', '--wait'])).code).toBe(0);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the quarantine desk on the command line', () => {
  const declared = ['--purpose', 'data-correction', '--case', '测试 2026-1'];
  let ids: string[] = [];

  it('lists reason, place and shape without a value', async () => {
    const ran = await cli.run(['source', 'quarantine', 'list', 'desk', '--lang', 'en']);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toMatch(/\/性别 .*string\(2\) han/);
    for (const secret of [NUMBERS[0]!, '男性', '15000001000']) expect(ran.stdout).not.toContain(secret);
    const { items } = await cli.json<{ items: { id: string }[] }>(['source', 'quarantine', 'list', 'desk']);
    ids = items.map(({ id }) => id);
    expect(ids).toHaveLength(2);
  });

  it('shows values for a purpose and case, the number masked', async () => {
    const bare = await cli.run(['source', 'quarantine', 'show', ids[0]!]);
    expect(bare.stdout).not.toContain('男性');
    const { values } = await cli.json<{ values: { pointer: string; value: string; bad: boolean }[] }>([
      ...['source', 'quarantine', 'show', ids[0]!],
      ...declared,
    ]);
    expect(values.find(({ bad }) => bad)).toMatchObject({ pointer: '/性别', value: '男性' });
    expect(values.find(({ pointer }) => pointer === '/身份证号')!.value).toMatch(/^9901\*{10}/);
    const refused = await cli.run([
      'source',
      'quarantine',
      'show',
      ids[0]!,
      '--purpose',
      'residence-check',
      '--case',
      'x',
    ]);
    expect(refused).toMatchObject({ code: 4, stdout: '' });
  });

  it('gives the records back in their own columns, as CSV and workbook, for this account alone', async () => {
    const download = ['source', 'quarantine', 'download', 'desk', '--to', home];
    expect((await cli.run(download)).code).toBe(2);
    const { files } = await cli.json<{ files: string[] }>([...download, ...declared]);
    const rows = parse(readFileSync(files[0]!, 'utf8'), { bom: true, columns: true }) as Record<string, string>[];
    expect(Object.keys(rows[0]!).slice(0, 4)).toEqual(['姓名', '身份证号', '性别', '联系电话']);
    expect(rows.map((row) => row['坏单元格'])).toEqual(['性别', '性别']);
    expect(rows.map((row) => row['姓名']).sort()).toEqual(["'=1+1", '测0']);
    expect(rows[0]!['身份证号']).toMatch(/^9901\*{10}/);
    expect(statSync(files[0]!).mode & 0o777).toBe(0o600);
    expect((await cli.run([...download, ...declared])).code).toBe(2);
    const book = await cli.json<{ files: string[] }>([...download, ...declared, '--format', 'xlsx']);
    expect(readFileSync(book.files[0]!).subarray(0, 2).toString()).toBe('PK');
    const denied = await cli.run([
      'source',
      'quarantine',
      'download',
      'desk',
      '--to',
      ledger,
      '--purpose',
      'x',
      '--case',
      'y',
    ]);
    const made = join(home, 'for', 'the-clerk');
    const there = ['source', 'quarantine', 'download', 'desk', '--to', made, ...declared];
    expect((await cli.json<{ files: string[] }>(there)).files).toEqual([join(made, 'desk-residents-rejected.csv')]);
    expect(statSync(made).mode & 0o777).toBe(0o700);
    const blocked = await cli.run([...there, '--to', join(files[0]!, 'below'), '--lang', 'en']);
    expect(blocked).toMatchObject({ code: 2, stderr: expect.stringContaining('CLI_DIRECTORY_UNWRITABLE') });
    expect(denied.code).toBe(4);
    expect(existsSync(join(ledger, 'desk-residents-rejected.csv'))).toBe(false);
  });

  it('takes the records in after the mapping was mended', async () => {
    const file = join(adapter, 'mapping.yaml');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace("男: '1'", "男: '1', 男性: '1'").replace('version: 1.0.0', 'version: 1.0.1'),
    );
    expect((await cli.run(['source', 'update', 'desk', '--adapter', adapter])).code).toBe(0);
    const { runs } = await cli.json<{ runs: { mode: string; state: string; counts: object }[] }>([
      ...['source', 'quarantine', 'replay', 'desk', '--wait'],
    ]);
    expect(runs).toMatchObject([
      { mode: 'replay', state: 'SUCCEEDED', balanced: true, counts: { read: 2, created: 2 } },
    ]);
    const settled = await cli.run(['source', 'quarantine', 'resolve', ids[0]!, '--reason', '已更正', '--lang', 'en']);
    expect(settled).toMatchObject({ code: 2, stdout: '' });
    const other = await cli.run(['source', 'update', 'desk', '--adapter', 'police-household']);
    expect(other.code).toBe(2);
  });

  it('lets a held stream go on only with what it showed', async () => {
    write('2.csv', 30);
    expect((await cli.run(['source', 'sync', 'desk', '--wait'])).code).toBe(1);
    const status = await cli.run(['source', 'status', 'desk', '--lang', 'en']);
    expect(status.stdout).toContain('30 of 60');
    expect(status.stdout).toContain('source approve desk --stream residents');
    expect((await cli.run(['source', 'approve', 'desk'])).code).toBe(2);
    const refused = await cli.run(['source', 'refuse', 'desk', '--reason', '导出有误', '--lang', 'en']);
    expect(refused.code).toBe(0);
    expect((await cli.run(['source', 'approve', 'desk', '--reason', '再看'])).code).toBe(2);
    expect((await cli.run(['source', 'sync', 'desk', '--wait'])).code).toBe(1);
    const approved = await cli.json<{ runs: { state: string; counts: object }[] }>([
      ...['source', 'approve', 'desk', '--reason', '小区已拆迁', '--wait'],
    ]);
    expect(approved.runs).toMatchObject([{ state: 'SUCCEEDED', counts: { deletedByAbsence: 30, liveAfter: 30 } }]);
  });
});
