import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Cli } from '../kit/cli.js';

jest.setTimeout(120_000);

const home = mkdtempSync(join(tmpdir(), 'isthmus-cli-'));
const data = join(home, 'data');
const ledger = join(home, 'ledger');
const cli = new Cli({ PORT: '0', ISTHMUS_DATA_DIR: data, ISTHMUS_TOWN_DIR: join(home, 'town'), ISTHMUS_DEMO: 'off' });

/** A number of the region that no person has, with its right check digit (GB 11643-1999). */
function idNumber(born: string, order: number): string {
  const body = `990101${born}${String(order).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return body + '10X98765432'[weights.reduce((sum, weight, at) => sum + weight * Number(body[at]), 0) % 11];
}

const people = Array.from({ length: 12 }, (_, at) => ({
  name: `测${'甲乙丙丁戊己庚辛壬癸子丑'[at]}`,
  number: idNumber(`19${50 + at}0101`, 100 + at),
}));
const writeLedger = (rows: typeof people): void =>
  writeFileSync(
    join(ledger, 'ledger.csv'),
    `姓名,身份证号,性别,联系电话\n${rows.map(({ name, number }, at) => `${name},${number},男,150000000${10 + at}`).join('\n')}\n`,
  );

beforeAll(() => {
  mkdirSync(ledger);
  writeLedger(people);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('usage', () => {
  it('explains itself in both languages, with examples', async () => {
    const chinese = await cli.run(['source', 'add', '--help']);
    expect(chinese).toMatchObject({ code: 0, stderr: '' });
    expect(chinese.stdout).toMatch(/示例:[^]*isthmus source add/);
    expect((await cli.run(['query', '--help', '--lang', 'en'])).stdout).toMatch(/Examples:/);
    const issue = (await cli.run(['token', 'issue', '--help', '--lang', 'en'])).stdout;
    expect(issue.match(/\(required\)/g)).toHaveLength(3);
  });

  it.each([
    [['nonsense'], 'unknown command'],
    [['source', 'add', 'x'], '--adapter'],
    [['source', 'list', '--nope'], '--nope'],
    [['source', 'schedule', 'x', 'soon'], 'soon'],
    [['source', 'add', 'Bad_Id', '--adapter', 'example-csv'], 'Bad_Id'],
    [['query'], '--resident'],
    [['query', '--name', people[0]!.number], 'ID number'],
    [['query', '--name', '王', '--case', people[0]!.number], '--case'],
    [['token', 'issue', '--role', 'auditor', '--unit', people[0]!.number, '--person', 'x'], 'unit'],
  ])('%j is refused with exit code 2', async (words, names) => {
    const ran = await cli.run([...words, '--lang', 'en']);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(names);
    expect(ran.stderr).toMatch(/Cure: \S/);
    expect(ran.stderr).not.toContain(people[0]!.number);
  });
});

describe('a wrong setting', () => {
  const add = ['source', 'add', 'estate', '--adapter', 'property-microcommunity'];

  it('is named with its cure, all at once', async () => {
    const ran = await cli.run([...add, '--set', 'engine=oracle', '--set', 'port=x', '--set', 'colour=red', '--json']);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    const { error } = JSON.parse(ran.stderr) as { error: { code: string; problems: { code: string; cure: string }[] } };
    expect(error.code).toBe('CLI_SETTINGS');
    const said = error.problems.map(({ code, cure }) => `${code} ${cure}`).join('\n');
    for (const word of ['--set host=', '--set user=', 'ADAPTER_SETTING_UNKNOWN', 'mariadb', 'integer'])
      expect(said).toContain(word);
  });

  it('never shows a secret, and takes none from the command line', async () => {
    for (const words of [
      ['--set', 'password=hunter2'],
      ['--secret', 'password=hunter2'],
    ]) {
      const ran = await cli.run([...add, ...words]);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain('--secret password=@');
      expect(ran.stderr + ran.stdout).not.toContain('hunter2');
    }
    const ran = await cli.run([...add, '--secret', `password=@${join(home, 'missing')}`]);
    expect(ran).toMatchObject({ code: 2 });
    expect(ran.stderr).toContain('CLI_FILE_UNREADABLE');
  });

  it('an adapter that does not exist names those that do', async () => {
    const ran = await cli.run(['source', 'add', 'x', '--adapter', 'nope']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('example-csv');
  });
});

describe('an adapter', () => {
  it('is examined and previewed without a database', async () => {
    const report = await cli.json<{ admissible: boolean; summary: { fail: number } }>([
      'adapter',
      'check',
      'example-csv',
    ]);
    expect(report).toMatchObject({ admissible: true, summary: { fail: 0 } });
    const ran = await cli.run(['adapter', 'preview', 'example-csv', '--rows', '2', '--set', `directory=${ledger}`]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('name = 测甲');
    expect(ran.stderr.trim()).toMatch(/证件号的值已打码[^]*\n未写入任何数据,未推进游标$/);
    const words = ['adapter', 'preview', 'example-csv', '--set', `directory=${ledger}`];
    expect(ran.stdout + (await cli.run([...words, '--json'])).stdout).not.toContain(people[0]!.number);
    expect((await cli.run([...words, '--show-values'])).stdout).toContain(people[0]!.number);
    expect(readdirSync(home).sort()).toEqual(['ledger']);
  });
});

describe('a database that cannot be reached', () => {
  const url = (text: string) => ({ env: { ISTHMUS_DATABASE_URL: text, ISTHMUS_DATA_DIR: join(home, 'elsewhere') } });
  afterAll(() => rmSync(join(home, 'elsewhere'), { recursive: true, force: true }));

  it.each([[['db', 'status']], [['source', 'list']], [['start']]])('%j says so (exit code 3)', async (words) => {
    const ran = await cli.run([...words, '--lang', 'en'], url('postgres://u:p@127.0.0.1:1/x'));
    expect(ran).toMatchObject({ code: 3, stdout: '' });
    expect(ran.stderr).toMatch(/DATABASE_UNREACHABLE[^]*127\.0\.0\.1:1[^]*Cure: /);
    expect(ran.stderr).not.toMatch(/✔ database/);
  });

  it('is not looked for where the setting or the directory cannot be right (exit code 2)', async () => {
    const web = await cli.run(['db', 'status'], url('http://127.0.0.1:1/x'));
    expect(web).toMatchObject({ code: 2 });
    expect(web.stderr).toContain('SETTING_INVALID');
    const file = join(ledger, 'ledger.csv');
    const ran = await cli.run(['db', 'status'], { env: { ISTHMUS_DATA_DIR: file } });
    expect(ran).toMatchObject({ code: 2 });
    expect(ran.stderr).toContain(`DATA_DIR_UNWRITABLE`);
    expect(ran.stderr).toContain(file);
  });
});

describe('a real source, while the program does not run', () => {
  it('that cannot be reached is not added (exit code 3)', async () => {
    const ran = await cli.run([
      'source',
      'add',
      'ledger',
      '--adapter',
      'example-csv',
      '--set',
      `directory=${home}/none`,
    ]);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('CONNECTOR_DIRECTORY');
    expect(await cli.json(['source', 'list'])).toEqual({ sources: [] });
  });

  it('is added, synced by the command itself, and balances', async () => {
    const added = await cli.json([
      'source',
      'add',
      'ledger',
      '--adapter',
      'example-csv',
      '--set',
      `directory=${ledger}`,
    ]);
    expect(added).toMatchObject({ id: 'ledger', added: true, check: { ok: true } });
    const again = await cli.run([
      'source',
      'add',
      'ledger',
      '--adapter',
      'example-csv',
      '--set',
      `directory=${ledger}`,
    ]);
    expect(again).toMatchObject({ code: 2 });
    expect(again.stderr).toContain('SOURCE_EXISTS');
    const { runs } = await cli.json<{ runs: Record<string, unknown>[] }>(['source', 'sync', 'ledger', '--wait']);
    expect(runs).toMatchObject([
      {
        stream: 'residents',
        state: 'SUCCEEDED',
        balanced: true,
        counts: { read: 12, created: 12, liveBefore: 0, liveAfter: 12 },
      },
    ]);
    expect(runs[0]!['sourceDigest']).toBe(runs[0]!['storeDigest']);
    const status = await cli.json<{ sources: unknown[] }>(['source', 'status', 'ledger']);
    expect(status.sources).toMatchObject([
      { id: 'ledger', state: 'OK', records: 12, quarantine: [], runs: [{ state: 'SUCCEEDED' }] },
    ]);
  });

  it('has runs that cannot be cancelled once they have ended', async () => {
    const ended = await cli.run(['source', 'cancel', '1', '--lang', 'en']);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/RUN_ENDED[^]*SUCCEEDED[^]*Cure: \S/);
    expect((await cli.run(['source', 'cancel', '999'])).stderr).toContain('RUN_UNKNOWN');
  });

  it('has a digest that follows content only', async () => {
    const digest = (): Promise<object> => cli.json<object>(['source', 'digest']);
    const before = await digest();
    const hex = expect.stringMatching(/^[0-9a-f]{32,}$/);
    expect(before).toEqual({ sources: { ledger: hex }, clusters: hex, golden: hex });
    await cli.json(['source', 'sync', 'ledger']);
    expect(await digest()).toEqual(before);
    writeLedger([...people.slice(0, 11), { ...people[11]!, name: '测改' }]);
    await cli.json(['source', 'sync', 'ledger']);
    const after = (await digest()) as typeof before & { clusters: string };
    expect(after).toEqual({
      sources: { ledger: hex },
      clusters: (before as { clusters: string }).clusters,
      golden: hex,
    });
    expect(after).not.toEqual(before);
  });

  it('that fails says whose fault it was', async () => {
    writeFileSync(join(ledger, 'ledger.csv'), '姓名,姓名,性别\n测甲,测甲,男\n');
    const ran = await cli.run(['source', 'sync', 'ledger', '--lang', 'en']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/CONNECTOR_HEADER[^]*fault of source[^]*Cure: /);
    writeLedger(people);
    expect(await cli.run(['source', 'sync', 'ledger'])).toMatchObject({ code: 0 });
  });

  it('gets a schedule', async () => {
    expect(await cli.json(['source', 'schedule', 'ledger', '10m'])).toEqual({ id: 'ledger', scheduleSeconds: 600 });
    expect(await cli.json(['source', 'schedule', 'ledger', 'off'])).toEqual({ id: 'ledger', scheduleSeconds: null });
    expect(await cli.run(['source', 'schedule', 'nobody', '10m'])).toMatchObject({ code: 2 });
  });

  it('and there is nobody to answer a query (exit code 3)', async () => {
    const file = join(home, 'token');
    writeFileSync(file, 'isth_0000000000000000_00\n');
    const ran = await cli.run(['query', '--name', '测', '--token', `@${file}`]);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('CLI_NOT_RUNNING');
  });
});

describe('keys, tokens, database and doctor', () => {
  it('copies the keys once, for the owner only', async () => {
    const file = join(home, 'keys-backup.json');
    expect(await cli.json(['keys', 'backup', file])).toMatchObject({ file });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await cli.run(['keys', 'backup', file])).toMatchObject({ code: 2 });
  });

  it('knows the state of the database without changing it', async () => {
    const status = await cli.json<{ pending: number; migrations: unknown[] }>(['db', 'status']);
    expect(status.pending).toBe(0);
    expect(status.migrations.length).toBeGreaterThan(3);
    expect(await cli.json(['db', 'migrate'])).toEqual({ applied: [] });
  });

  it('examines machine, keys, database and every source', async () => {
    const { healthy, checks } = await cli.json<{ healthy: boolean; checks: { id: string; verdict: string }[] }>([
      'doctor',
    ]);
    expect(healthy).toBe(true);
    const verdicts = Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({
      ...{ disk: 'OK', keys: 'OK', 'keys-backup': 'OK', database: 'OK', migrations: 'OK', clock: 'OK' },
      ...{ 'source/ledger/auth': 'OK', 'source/ledger/first-page': 'OK', 'database-settings': 'OK' },
    });
    rmSync(join(ledger, 'ledger.csv'));
    const walked = await cli.json<{ failing: object; checks: { id: string; verdict: string }[] }>(
      ['doctor', 'ledger'],
      1,
    );
    expect(walked.failing).toMatchObject({ id: 'source/ledger/first-page', code: 'CONNECTOR_FILE_MISSING' });
    const reached = Object.fromEntries(walked.checks.map(({ id, verdict }) => [id, verdict]));
    expect(reached).toMatchObject({
      ...{ 'source/ledger/dns': 'SKIPPED', 'source/ledger/auth': 'OK', 'source/ledger/mapping': 'NOT_REACHED' },
      ...{ 'source/ledger/levels': 'NOT_REACHED', disk: 'NOT_REACHED', 'database-settings': 'NOT_REACHED' },
    });
    expect((await cli.run(['doctor'])).stderr).toMatch(/source\/ledger\/first-page {2}CONNECTOR_FILE_MISSING/);
    expect(await cli.run(['doctor', 'nobody'])).toMatchObject({ code: 2 });
    writeLedger(people);
  });
});

describe('beside the running program', () => {
  let program: ChildProcess;
  let url = '';
  const token = join(home, 'department.token');
  const purpose = ['--purpose', 'residence-check', '--case', '测试 2026-1'];

  beforeAll(async () => {
    program = cli.spawn(['start']);
    program.stdin!.end();
    const ended = new Promise<never>((_, fail) =>
      program.once('exit', (code) => fail(new Error(`start ended with ${code}`))),
    );
    ended.catch(() => undefined);
    const said: string[] = [];
    program.stdout!.resume();
    const answering = new Promise<void>((done) =>
      program.stderr!.on('data', (part: Buffer) => {
        said.push(part.toString('utf8'));
        if (said.join('').includes('/graphql')) done();
      }),
    );
    await Promise.race([answering, ended]);
    url = (JSON.parse(readFileSync(join(data, 'run.json'), 'utf8')) as { httpUrl: string }).httpUrl;
    const issued = await cli.run([
      'token',
      'issue',
      '--role',
      'department',
      '--unit',
      '测试街道',
      '--person',
      '经办',
      '--expires',
      '1d',
    ]);
    expect(issued.stdout).toMatch(/^isth_[0-9a-f]{16}_[0-9a-f]{64}\n$/);
    writeFileSync(token, issued.stdout);
  });
  afterAll(async () => {
    const ended = new Promise((done) => program.once('exit', done));
    program.kill('SIGTERM');
    await ended;
  });

  it('a sync is done by the program and followed', async () => {
    const { runs } = await cli.json<{ runs: unknown[] }>(['source', 'sync', 'ledger', '--wait']);
    expect(runs).toMatchObject([{ state: 'SUCCEEDED', balanced: true, counts: { read: 12, unchanged: 12 } }]);
    expect(await cli.json(['source', 'sync', 'ledger'])).toMatchObject({
      queued: true,
      runs: [{ stream: 'residents' }],
    });
  });

  it('without a name every source is synced; deletions are approved for a named one only', async () => {
    const { runs } = await cli.json<{ runs: { source: string }[] }>(['source', 'sync', '--wait']);
    const { sources } = await cli.json<{ sources: { id: string }[] }>(['source', 'list']);
    expect([...new Set(runs.map(({ source }) => source))].sort()).toEqual(sources.map(({ id }) => id).sort());
    expect((await cli.run(['source', 'sync', '--approve-deletes', 'seen'])).code).toBe(2);
  });

  it('a query answers with source and lock of every value', async () => {
    const list = await cli.run(['query', '--name', '测', '--token', `@${token}`, ...purpose]);
    expect(list.code).toBe(0);
    expect(list.stdout.match(/测./g)).toHaveLength(12);
    const id = /([0-9a-f-]{36}) │ 测甲/.exec(list.stdout)![1]!;
    const one = await cli.run(['query', '--resident', id, '--token', `@${token}`, ...purpose]);
    expect(one.code).toBe(0);
    expect(one.stdout).toMatch(/姓名 +│ 测甲 +│ ledger │ 20\d\d-/);
    expect(one.stdout).toMatch(/证件号码 +│ 9901\*+\w{4} +│ ledger .*🔒 已掩码/);
    expect(one.stdout).not.toContain(people[0]!.number);
    const byNumber = await cli.run(['query', '--id-number', '-', '--url', url, '--token', `@${token}`, ...purpose], {
      stdin: `${people[0]!.number}\n`,
    });
    expect(byNumber.code).toBe(0);
    const timeless = (text: string): string => text.replace(/20\d\d-\d\d-\d\d \d\d:\d\d/g, '');
    expect(timeless(byNumber.stdout)).toBe(timeless(one.stdout));
  });

  it('a refusal has exit code 4, a thing that is not there 1', async () => {
    const asked = ['query', '--name', '测', '--token', `@${token}`];
    const refused = await cli.run(asked);
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    expect(refused.stderr).toContain('PURPOSE_REQUIRED');
    const audit = await cli.run([
      'query',
      '--graphql',
      '{ auditRows(first: 1) { nodes { id } } }',
      '--token',
      `@${token}`,
    ]);
    expect(audit).toMatchObject({ code: 4 });
    const nobody = '01900000-0000-7000-8000-000000000000';
    expect(await cli.run(['query', '--resident', nobody, '--token', `@${token}`, ...purpose])).toMatchObject({
      code: 1,
    });
    expect(await cli.run(['query', '--graphql', '{ nope }', '--token', `@${token}`])).toMatchObject({ code: 2 });
  });

  it('a revoked token opens nothing', async () => {
    const { id, token: text } = await cli.json<{ id: string; token: string }>([
      ...['token', 'issue', '--role', 'auditor', '--unit', '测试审计', '--person', '审计'],
    ]);
    const file = join(home, 'auditor.token');
    writeFileSync(file, text);
    const asked = ['query', '--graphql', '{ sources { id state } }', '--token', `@${file}`];
    expect(await cli.run(asked)).toMatchObject({ code: 0 });
    expect(await cli.run(['token', 'revoke', id])).toMatchObject({ code: 0 });
    expect(await cli.run(['token', 'revoke', id])).toMatchObject({ code: 2 });
    const deadline = Date.now() + 10_000;
    let code: number | null = 0;
    while (code === 0 && Date.now() < deadline) code = (await cli.run(asked)).code;
    expect(code).toBe(4);
  });

  it('nothing is reset and nothing started twice', async () => {
    expect(await cli.run(['reset', '--yes'])).toMatchObject({ code: 2 });
    const second = await cli.run(['start']);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain('ALREADY_RUNNING');
  });
});

describe('leaving', () => {
  it('is never asked for without a terminal', async () => {
    const ran = await cli.run(['source', 'remove', 'ledger']);
    expect(ran).toMatchObject({ code: 2 });
    expect(ran.stderr).toContain('--yes');
    expect(await cli.run(['reset'])).toMatchObject({ code: 2 });
  });

  it('removes the source, then everything', async () => {
    expect(await cli.json(['source', 'remove', 'ledger', '--yes'])).toEqual({ id: 'ledger', removed: true });
    expect(await cli.json(['source', 'list'])).toEqual({ sources: [] });
    expect(await cli.run(['source', 'remove', 'ledger', '--yes'])).toMatchObject({ code: 2 });
    expect(await cli.json(['reset', '--yes'])).toEqual({ deleted: [data] });
    expect(readdirSync(data)).toEqual([]);
  });
});
