import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, realpathSync, renameSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { FatalError, Secret } from '../kernel/index.js';
import { findBinaries, type Launch } from './binaries.js';
import { chooseMode, launchFor } from './identity.js';
import { ENVIRONMENT, initialise, isInitialised } from './initialise.js';
import { claim, clearTheWay } from './owner.js';
import { diskFull, lastWord, linesSince, portTaken } from './reason.js';
import { untilReady } from './ready.js';

export interface PostgresOptions {
  dataDir: string;
  /** 0 takes a free port. */
  port?: number;
  /** Superuser's password, fixed at the first start. */
  password: Secret | string;
  superuser?: string;
  /** Extra `postgresql.conf` settings. */
  settings?: Record<string, string>;
  /** Ends a start under way: whatever was begun is stopped, and the start rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface RunningPostgres {
  port: number;
  pid: number;
  superuser: string;
  /** Connection URL of a user (superuser when left out). */
  url(database?: string): string;
  /** Fast shutdown; immediate after `patienceMs` (8 s). Safe to call twice. */
  stop(mode?: 'fast' | 'immediate', patienceMs?: number): Promise<void>;
  /** Resolves when the server has exited, for whatever reason. */
  exited: Promise<void>;
  /** Why it ended although nobody stopped it: FatalError DISK_FULL or DATABASE_GONE, with its own last word. */
  lastError(): FatalError;
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
  // Tables are filled in bulk: their statistics must not wait a minute for the first question.
  autovacuum_naptime: '10s',
  // Rows of a failing statement must not reach the log: no statement text, no DETAIL.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};
const LOG_LIMIT_BYTES = 20 << 20;
/** A free port may be taken by another program before PostgreSQL has it. */
const PORT_TRIES = 5;

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
 * @throws ConfigurationError POSTGRES_PLATFORM, POSTGRES_OTHER_USER, POSTGRES_NAMESPACE_GONE, POSTGRES_NOBODY_BLOCKED,
 *   POSTGRES_RUNNING, POSTGRES_PASSWORD; FatalError POSTGRES_INITDB, POSTGRES_START, DISK_FULL; the signal's reason.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { signal } = options;
  const password = typeof options.password === 'string' ? new Secret(options.password) : options.password;
  const superuser = options.superuser ?? 'isthmus';
  const binaries = findBinaries();
  const wanted = resolve(options.dataDir);
  const mode = chooseMode(wanted);
  signal?.throwIfAborted();
  if (!isInitialised(wanted))
    await initialise(wanted, launchFor(mode, binaries, wanted, 'TERM'), mode, superuser, password, signal);
  // The server knows its directory by the real path.
  const dataDir = realpathSync(wanted);
  await clearTheWay(dataDir);
  claim(dataDir);
  const launch = launchFor(mode, binaries, dataDir, 'INT');
  const log = logOf(dataDir);
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    const port = options.port || (await freePort());
    const url = (database = 'postgres'): string =>
      `postgresql://${superuser}:${encodeURIComponent(password.reveal())}@127.0.0.1:${port}/${database}`;
    const from = existsSync(log) ? statSync(log).size : 0;
    const child = spawnServer(launch, dataDir, log, { ...SETTINGS, ...options.settings, port: String(port) });
    const exited = new Promise<void>((done) => child.once('exit', () => done()).once('error', () => done()));
    const stop: RunningPostgres['stop'] = (how = 'fast', patienceMs = 8000) =>
      stopChild(child, exited, how, patienceMs);
    try {
      if (await untilReady(child, url(), { dataDir, log }, signal))
        return { port, pid: child.pid!, superuser, url, exited, stop, lastError: () => lastError(log, from) };
    } catch (error) {
      await stop();
      throw error;
    }
    await stop('immediate');
    const words = linesSince(log, from);
    if (portTaken(words) && !options.port && attempt < PORT_TRIES) continue;
    if (diskFull(words)) throw new FatalError('DISK_FULL', { where: { file: dirname(dataDir) } });
    throw new FatalError('POSTGRES_START', { where: { file: log }, params: { reason: lastWord(words) || '–' } });
  }
}

function lastError(log: string, from: number): FatalError {
  const words = linesSince(log, from);
  if (diskFull(words)) return new FatalError('DISK_FULL', { where: { file: dirname(log) } });
  return new FatalError('DATABASE_GONE', { where: { file: log }, params: { reason: lastWord(words) || '–' } });
}

function logOf(dataDir: string): string {
  const log = join(dirname(dataDir), 'postgres.log');
  if (existsSync(log) && statSync(log).size > LOG_LIMIT_BYTES) renameSync(log, `${log}.1`);
  return log;
}

function spawnServer(launch: Launch, dataDir: string, log: string, settings: Record<string, string>): ChildProcess {
  const named = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [program, ...words] = [...launch.prefix, launch.binaries.postgres, '-D', dataDir, ...named];
  const { uid, gid } = launch;
  const out = openSync(log, 'a', 0o600);
  try {
    return spawn(program!, words, {
      cwd: '/',
      detached: true,
      stdio: ['ignore', out, out],
      env: ENVIRONMENT,
      ...(uid === undefined || gid === undefined ? {} : { uid, gid }),
    });
  } finally {
    closeSync(out);
  }
}

async function stopChild(
  child: ChildProcess,
  exited: Promise<void>,
  how: 'fast' | 'immediate',
  patienceMs: number,
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), patienceMs);
  await exited;
  clearTimeout(timer);
}
