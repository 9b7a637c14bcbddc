import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { CliLedger } from '../kit/cli-ledger.js';

jest.setTimeout(120_000);

const place = new CliLedger();
const { cli, home, ledger, people } = place;
afterAll(() => place.remove());

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
