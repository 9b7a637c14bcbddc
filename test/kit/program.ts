import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Keyring } from '../../src/platform/keys/index.js';
import { built, ROOT } from './built.js';
import type { Admin } from './digest.js';
import type { TownFile } from './town.js';
import { until } from './until.js';

export type DemoRole = 'department' | 'vendor' | 'auditor' | 'supervisor';

export interface Ask {
  query: string;
  variables?: Record<string, unknown>;
  /** Null asks without a token. */
  role?: DemoRole | null;
  purpose?: string | null;
  caseNo?: string | null;
}

export interface Answer {
  status: number;
  /** The bytes that left, as text. */
  text: string;
  data: Record<string, any> | null; // eslint-disable-line @typescript-eslint/no-explicit-any -- shaped by the question
  code: string | null;
  /** The finer reason beside the code. */
  reason: string | null;
  extensions: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- see above
}

export interface TestProgram {
  home: string;
  dataDir: string;
  keysDir: string;
  /** Everything the program printed. */
  output: string;
  url: string;
  tokens: Record<DemoRole, string>;
  town: TownFile;
  townDir: string;
  /** A query as superuser on the program's own database. */
  admin: Admin;
  ask(ask: Ask): Promise<Answer>;
  /** SIGTERM, and waits until it has ended. */
  stop(): Promise<void>;
}

export interface ProgramOptions {
  home: string;
  people: number;
  seed: number;
  /** Shared keys make the digests of two programs comparable. */
  keysDir?: string;
  /** A town that is there already. */
  townDir?: string;
  settings?: Record<string, string>;
  /** Returns as soon as the program serves; otherwise when the first sync is over and it has greeted. */
  early?: boolean;
}

/** The whole program as a stranger starts it: embedded PostgreSQL, demo town, api and worker, in a directory of its own. */
export async function testProgram(options: ProgramOptions): Promise<TestProgram> {
  const { home } = options;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const dataDir = join(home, 'data');
  const keysDir = options.keysDir ?? join(dataDir, 'keys');
  const townDir = options.townDir ?? join(home, 'town');
  const output = join(home, 'output.log');
  const child = launch(output, {
    ISTHMUS_DATA_DIR: dataDir,
    ISTHMUS_KEYS_DIR: keysDir,
    ISTHMUS_TOWN_DIR: townDir,
    ISTHMUS_TOWN_PEOPLE: String(options.people),
    ISTHMUS_TOWN_SEED: String(options.seed),
    ISTHMUS_LANG: 'en',
    PORT: '0',
    ...options.settings,
  });
  const said = (): string => (existsSync(output) ? readFileSync(output, 'utf8') : '');
  const runFile = join(dataDir, 'run.json');
  await until(
    'the program',
    () => {
      if (child.exitCode !== null) throw new Error(`the program ended:\n${said().slice(-3000)}`);
      return options.early ? existsSync(runFile) : said().includes('curl -s ');
    },
    { seconds: 600 },
  );
  const run = JSON.parse(readFileSync(runFile, 'utf8')) as { httpUrl: string; databasePort: number };
  const keyring = await Keyring.open(keysDir, { create: false });
  const pool = new pg.Pool({
    connectionString: `postgresql://isthmus:${encodeURIComponent(keyring.databasePassword('superuser'))}@127.0.0.1:${run.databasePort}/isthmus`,
    max: 2,
  });
  pool.on('error', () => undefined);
  const tokens = readTokens(join(dataDir, 'demo-credentials.json'));
  return {
    home,
    dataDir,
    keysDir,
    output,
    url: run.httpUrl,
    tokens,
    town: JSON.parse(readFileSync(join(townDir, 'town.json'), 'utf8')) as TownFile,
    townDir,
    admin: async <T extends Record<string, unknown>>(sql: string, params?: unknown[]) =>
      (await pool.query<T>(sql, params)).rows,
    ask: (ask) => post(run.httpUrl, tokens, ask),
    stop: async () => {
      await pool.end();
      await ended(child);
    },
  };
}

function launch(output: string, settings: Record<string, string>): ChildProcess {
  const out = openSync(output, 'a', 0o600);
  const child = spawn(process.execPath, [built('app/main.js'), 'start'], {
    cwd: ROOT,
    stdio: ['ignore', out, out],
    env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', HOME: '/tmp', ...settings },
  });
  closeSync(out);
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  await exited;
}

function readTokens(file: string): Record<DemoRole, string> {
  const credentials = JSON.parse(readFileSync(file, 'utf8')) as Record<DemoRole, { token: string }>;
  return Object.fromEntries(Object.entries(credentials).map(([role, { token }]) => [role, token])) as Record<
    DemoRole,
    string
  >;
}

async function post(url: string, tokens: Record<DemoRole, string>, ask: Ask): Promise<Answer> {
  const { role = 'department', purpose = 'assistance-eligibility', caseNo = 'PROVE-1' } = ask;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(role ? { Authorization: `Bearer ${tokens[role]}` } : {}),
      ...(purpose ? { 'X-Isthmus-Purpose': purpose } : {}),
      ...(caseNo ? { 'X-Isthmus-Case': caseNo } : {}),
    },
    body: JSON.stringify({ query: ask.query, variables: ask.variables ?? {} }),
  });
  const text = await response.text();
  const body = JSON.parse(text) as Partial<Answer> & { errors?: { extensions?: { code?: string; reason?: string } }[] };
  return {
    status: response.status,
    text,
    data: body.data ?? null,
    code: body.errors?.[0]?.extensions?.code ?? null,
    reason: body.errors?.[0]?.extensions?.reason ?? null,
    extensions: body.extensions ?? {},
  };
}
