import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { ConfigurationError, FatalError, Secret } from '../kernel/index.js';
import { findBinaries } from './binaries.js';
import { chooseMode, launchFor } from './identity.js';
import { initialise, isInitialised } from './initialise.js';

export interface PostgresOptions {
  dataDir: string;
  /** 0 takes a free port. */
  port?: number;
  /** Superuser's password, fixed at the first start. */
  password: Secret | string;
  superuser?: string;
  /** Extra `postgresql.conf` settings. */
  settings?: Record<string, string>;
}

export interface RunningPostgres {
  port: number;
  pid: number;
  superuser: string;
  /** Connection URL of a user (superuser when left out). */
  url(database?: string): string;
  /** Fast shutdown; immediate after 8 s. Safe to call twice. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
  /** Resolves when the server has exited, for whatever reason. */
  exited: Promise<void>;
}

const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '120',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  TimeZone: 'UTC',
  jit: 'off',
  // Rows of a failing statement must not reach the log: no statement text, no DETAIL.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => server.close(() => done()));
  return port;
}

/**
 * Starts PostgreSQL on `dataDir`, making the cluster first when there is none. Loopback only, no socket
 * directory, as root or as an ordinary user, and it stops when this process dies.
 *
 * @throws ConfigurationError POSTGRES_PLATFORM, POSTGRES_OTHER_USER, POSTGRES_RUNNING; FatalError POSTGRES_INITDB, POSTGRES_START.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const dataDir = resolve(options.dataDir);
  const password = typeof options.password === 'string' ? new Secret(options.password) : options.password;
  const superuser = options.superuser ?? 'isthmus';
  const binaries = findBinaries();
  const mode = chooseMode(dataDir);
  if (!isInitialised(dataDir))
    initialise(dataDir, launchFor(mode, binaries, dataDir, false), mode, superuser, password);
  await endOrphan(dataDir);
  claim(dataDir);
  const port = options.port || (await freePort());
  const log = join(dirname(dataDir), 'postgres.log');
  const launch = launchFor(mode, binaries, dataDir, true);
  const settings = Object.entries({ ...SETTINGS, ...options.settings, port: String(port) });
  const words = [
    ...launch.prefix,
    launch.binaries.postgres,
    '-D',
    dataDir,
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const out = openSync(log, 'a', 0o600);
  const child = spawn(words[0]!, words.slice(1), {
    cwd: '/',
    detached: true,
    stdio: ['ignore', out, out],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
    ...(launch.uid === undefined ? {} : { uid: launch.uid, gid: launch.gid }),
  });
  closeSync(out);
  const exited = new Promise<void>((done) => child.once('exit', () => done()).once('error', () => done()));
  const url = (database = 'postgres'): string =>
    `postgresql://${superuser}:${encodeURIComponent(password.reveal())}@127.0.0.1:${port}/${database}`;
  await untilReady(child, url(), log);
  return { port, pid: child.pid!, superuser, url, exited, stop: (how = 'fast') => stopChild(child, exited, how) };
}

async function untilReady(child: ChildProcess, url: string, log: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (child.exitCode === null && child.signalCode === null && child.pid !== undefined && Date.now() < deadline) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if ((error as { code?: string }).code === '28P01')
        throw new ConfigurationError('POSTGRES_PASSWORD', { where: { file: log }, cause: error });
      await new Promise((next) => setTimeout(next, 25));
    }
  }
  child.kill('SIGQUIT');
  throw new FatalError('POSTGRES_START', { where: { file: log } });
}

async function stopChild(child: ChildProcess, exited: Promise<void>, how: 'fast' | 'immediate'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), 8000);
  await exited;
  clearTimeout(timer);
}

/** A postmaster that outlived a killed owner still holds the directory: stop it, unless its owner still lives. */
async function endOrphan(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!isPostmasterOf(pid, dataDir)) return;
  // With the leash on, a dead owner has already asked for the shutdown: give it a moment before judging.
  if (await gone(pid, dataDir, 3000)) return;
  if (ownerLives(dataDir))
    throw new ConfigurationError('POSTGRES_RUNNING', { where: { file: dataDir }, params: { pid } });
  process.kill(pid, 'SIGINT');
  if (!(await gone(pid, dataDir, 10_000)))
    throw new ConfigurationError('POSTGRES_RUNNING', { where: { file: dataDir }, params: { pid } });
}

async function gone(pid: number, dataDir: string, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (isPostmasterOf(pid, dataDir)) {
    if (Date.now() > deadline) return false;
    await new Promise((next) => setTimeout(next, 50));
  }
  return true;
}

function isPostmasterOf(pid: number, dataDir: string): boolean {
  try {
    return (
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDir) || readlinkSync(`/proc/${pid}/cwd`) === dataDir
    );
  } catch {
    return false;
  }
}

const startTime = (pid: number): string =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19]!;

/** Pid and start time together name a process for good; a bare pid is reused. */
function claim(dataDir: string): void {
  writeFileSync(
    join(dataDir, 'isthmus-owner'),
    `${process.pid} ${existsSync('/proc/self/stat') ? startTime(process.pid) : ''}`,
  );
}

function ownerLives(dataDir: string): boolean {
  try {
    const [pid, since] = readFileSync(join(dataDir, 'isthmus-owner'), 'utf8').split(' ');
    return startTime(Number(pid)) === since;
  } catch {
    return false;
  }
}
