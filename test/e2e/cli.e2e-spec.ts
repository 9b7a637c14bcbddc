import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CliLedger } from '../kit/cli-ledger.js';

jest.setTimeout(120_000);

const place = new CliLedger();
const { cli, data, home, ledger, people } = place;
afterAll(() => place.remove());

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
    place.write([...people.slice(0, 11), { ...people[11]!, name: '测改' }]);
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
    place.write(people);
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
    place.write(people);
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
