import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import { ROOT } from '../kit/built.js';
import { Cli } from '../kit/cli.js';
import { NpmStart, processesOf } from '../kit/npm-start.js';
import { until } from '../kit/until.js';

jest.setTimeout(120_000);

const TEN_SECONDS = 10_000;
const GREETED = /npx --no-install isthmus query .*\n/;
const scratch = mkdtempSync(join(tmpdir(), 'isthmus-start-'));
const started: NpmStart[] = [];
const start = (name: string, settings?: Record<string, string>, words?: string[]): NpmStart => {
  const one = new NpmStart(join(scratch, name), settings, words);
  started.push(one);
  return one;
};
afterAll(() => {
  for (const one of started) one.killAll();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

describe('npm start', () => {
  let program: NpmStart;
  let tokens = '';
  const credentials = join(scratch, 'demo', 'data', 'demo-credentials.json');

  it('makes everything, once, when two are started at the same time', async () => {
    const both = [start('demo'), start('demo')];
    program = await Promise.any(both.map(async (one) => (await one.says(/✔ database structure/), one)));
    const other = both.find((one) => one !== program)!;
    await other.exited;
    expect(other.code).toBe(2);
    expect(other.output).toMatch(/ALREADY_RUNNING[^]*Cure: /);
    await program.says(GREETED);
  });

  it('tells each step with its time, addresses and tokens', () => {
    for (const step of [
      'keys',
      'database PostgreSQL 18',
      'database structure',
      'demo town',
      'roles api',
      'four sources',
    ])
      expect(program.output).toMatch(new RegExp(`✔ ${step}.*\\(\\d+\\.\\d s\\)`));
    expect(program.output.match(/✔ \w+\/\w+ .* balanced/g)).toHaveLength(10);
    expect(program.output).toMatch(/http:\/\/127\.0\.0\.1:\d+\/graphql/);
    tokens = readFileSync(credentials, 'utf8');
    expect(statSync(credentials).mode & 0o777).toBe(0o600);
    const roles = JSON.parse(tokens) as Record<string, { token: string }>;
    expect(Object.keys(roles).sort()).toEqual(['auditor', 'department', 'supervisor', 'vendor']);
    for (const { token } of Object.values(roles)) expect(program.output).toContain(token);
  });

  it('prints two lines that answer when pasted, without an ID number in them', () => {
    const curl = program.paste(/^curl .*$/m);
    const { errors, data } = JSON.parse(curl.stdout) as {
      errors?: unknown;
      data: { resident: Record<'occupancies' | 'subscriptions' | 'assistance' | 'marriages', object[]> };
    };
    expect(errors).toBeUndefined();
    const { occupancies, subscriptions, assistance, marriages } = data.resident;
    for (const known of [occupancies, subscriptions, [...assistance, ...marriages]]) expect(known).not.toEqual([]);
    const npx = program.paste(/^.*npx --no-install isthmus query .*$/m);
    expect(npx).toMatchObject({ status: 0 });
    for (const source of ['police', 'telecom', 'property', 'civil']) expect(npx.stdout).toContain(source);
    expect(npx.stdout).toContain('🔒');
    expect(curl.line + npx.line).not.toMatch(/\d{17}[\dX]/);
  });

  it('lends its database to a worker, which stops alone', async () => {
    const worker = start('demo', {}, ['--role', 'worker']);
    await worker.says(/the worker is ready/);
    const pid = processesOf(worker.home).find(({ command }) =>
      /^\S*node .*start\.mjs --role worker/.test(command),
    )!.pid;
    process.kill(pid, 'SIGTERM');
    await worker.exited;
    expect(worker.code).toBe(0);
    expect(existsSync(join(program.home, 'data', 'run.json'))).toBe(true);
  });

  it('stops everything when only npm is told to', async () => {
    expect(processesOf(program.home).length).toBeGreaterThan(10);
    process.kill(program.child.pid!, 'SIGTERM');
    expect(await program.gone()).toBeLessThan(TEN_SECONDS);
    expect(program.output).toMatch(/stopped\n$/);
  });

  it('resumes on the same data, also after everything was killed, and stops on Ctrl-C', async () => {
    const second = start('demo');
    await second.says(/roles api/);
    process.kill(-second.child.pid!, 'SIGKILL');
    await second.exited;
    const third = start('demo');
    await third.says(GREETED);
    expect(readFileSync(credentials, 'utf8')).toBe(tokens);
    expect(third.output.match(/stored 0 .* balanced/g)).toHaveLength(10);
    expect(third.output.match(/stored 0 · unchanged [1-9]\d* /g)?.length).toBeGreaterThanOrEqual(8);
    expect(GREETED.exec(third.output)![0]).toBe(GREETED.exec(program.output)![0]);
    process.kill(-third.child.pid!, 'SIGINT');
    expect(await third.gone()).toBeLessThan(TEN_SECONDS);
  });
});

describe('a signal before it is up', () => {
  afterEach(() => started.at(-1)!.killAll());

  it.each([
    ['while the database is made', /✔ keys/, 'SIGINT'],
    ['during the first sync', /✔ roles api/, 'SIGTERM'],
  ] as const)('%s ends it', async (name, stage, signal) => {
    const program = start(name.replaceAll(' ', '-'));
    await program.says(stage);
    process.kill(program.node, signal);
    expect(await program.gone()).toBeLessThan(TEN_SECONDS);
    await program.exited;
    expect(program.code).toBe(130);
    expect(program.output).not.toMatch(/✘/);
  });
});

describe('a database that dies', () => {
  it('ends the program with its reason', async () => {
    const program = start('dies', { ISTHMUS_DEMO: 'off' });
    await program.says(/source add/);
    process.kill(program.postmaster, 'SIGKILL');
    await program.exited;
    expect(program.code).toBe(1);
    expect(program.output).toMatch(/DATABASE_GONE[^]*Cure: /);
    expect(await program.gone()).toBeLessThan(TEN_SECONDS);
  });
});

describe('what it cannot start with', () => {
  const home = join(scratch, 'refused');
  const cli = new Cli({ PORT: '0', ISTHMUS_LANG: 'en', ISTHMUS_DEMO: 'off' });
  let data = 0;
  const file = join(scratch, 'a-file');
  const refused = async (env: Record<string, string>): Promise<string> => {
    const ran = await cli.run(['start'], { env: { ISTHMUS_DATA_DIR: join(home, String(++data)), ...env } });
    expect(ran.code).toBeGreaterThan(0);
    expect(ran.stderr).toMatch(/✘ [A-Z_]+ [^]*Cure: \S/);
    return /✘ ([A-Z_]+)/.exec(ran.stderr)![1]!;
  };

  it('is named with its cure', async () => {
    writeFileSync(file, '');
    const busy = createServer();
    await new Promise<void>((done) => busy.listen(0, '127.0.0.1', done));
    const { port } = busy.address() as AddressInfo;
    try {
      expect(
        await Promise.all([
          refused({ PORT: String(port) }),
          refused({ ISTHMUS_HOST: '203.0.113.1' }),
          refused({ ISTHMUS_DATA_DIR: file }),
          refused({ ISTHMUS_NOPE: '1', LANG: 'en_US.UTF-8' }),
          refused({ ISTHMUS_TOWN_PEOPLE: 'many' }),
          refused({ ISTHMUS_DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/c' }),
        ]),
      ).toEqual([
        ...['PORT_TAKEN', 'HOST_UNKNOWN', 'DATA_DIR_UNWRITABLE'],
        ...['SETTING_UNKNOWN', 'SETTING_INVALID', 'DATABASE_UNREACHABLE'],
      ]);
    } finally {
      busy.close();
    }
  });

  it('an old Node is told so before anything else', () => {
    const old = `Object.defineProperty(process.versions, 'node', { value: '18.20.8' });`;
    const ran = spawnSync(process.execPath, ['-e', `${old} require('./src/app/launch/require-node.cjs')`], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(ran.status).toBe(2);
    expect(ran.stderr).toMatch(/NODE_TOO_OLD[^]*18\.20\.8[^]*Cure: /);
  });
});

describe('as root where user namespaces are refused', () => {
  (process.getuid?.() === 0 ? it : it.skip)('works below a directory only root can enter', async () => {
    const closed = join(scratch, 'closed');
    const fake = join(scratch, 'fake');
    mkdirSync(closed, { mode: 0o700 });
    mkdirSync(fake);
    writeFileSync(join(fake, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const cli = new Cli({ ISTHMUS_DATA_DIR: join(closed, 'data'), PATH: `${fake}:${process.env['PATH']}` });
    expect(await cli.run(['db', 'migrate'])).toMatchObject({ code: 0 });
    expect(readFileSync(join(closed, 'data', 'pg', 'isthmus-run-mode'), 'utf8')).toBe('nobody\n');
    expect(statSync(join(closed, 'data', 'pg')).uid).toBe(65534);
  });
});

describe('the first installation', () => {
  const tree = join(scratch, 'tree');
  const bin = join(scratch, 'bin');
  const npm = (script: string): void => writeFileSync(join(bin, 'npm'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const run = (): NpmStart['child'] =>
    spawn(process.execPath, ['src/app/launch/start.mjs'], {
      cwd: tree,
      env: { PATH: `${bin}:${process.env['PATH']}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const prepared = (): void => {
    cpSync(join(ROOT, 'src', 'app', 'launch'), join(tree, 'src', 'app', 'launch'), { recursive: true });
    for (const name of ['package.json', 'package-lock.json']) cpSync(join(ROOT, name), join(tree, name));
    mkdirSync(bin, { recursive: true });
    chmodSync(bin, 0o755);
  };

  it('says first what it takes, and how to go on when it fails', async () => {
    prepared();
    npm('exit 1');
    const child = run();
    let said = '';
    child.stderr!.on('data', (part: Buffer) => (said += part.toString('utf8')));
    const code = await new Promise((done) => child.once('close', done));
    expect(code).toBe(3);
    expect(said).toMatch(/First install: about \d+ MB of disk[^]*minutes[^]*registry[^]*INSTALL_FAILED[^]*Cure: /);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    npm(`touch ${join(tree, 'begun')}; sleep 60; true`);
    const child = run();
    await until('the installation', () => existsSync(join(tree, 'begun')));
    child.kill('SIGTERM');
    expect(await new Promise((done) => child.once('exit', done))).toBe(130);
    expect(processesOf(tree)).toEqual([]);
    expect(existsSync(join(tree, '.cache', 'prepare.lock'))).toBe(false);
  });
});
