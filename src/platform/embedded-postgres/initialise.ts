import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FatalError, type Secret } from '../kernel/index.js';
import type { Launch } from './binaries.js';
import { makeDataDir, own, rememberMode, type RunMode } from './identity.js';
import { diskFull } from './reason.js';

/** Chinese trigrams need a UTF-8 character type; a host without that locale falls back to prefix search. */
const LOCALES = [
  ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--lc-ctype=C.UTF-8'],
  ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
];

/** What programs of PostgreSQL see of our environment. */
export const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };

/**
 * Runs initdb once; a directory that an interrupted initdb left half made is emptied first.
 *
 * @throws the signal's reason when it is aborted; FatalError DISK_FULL, POSTGRES_INITDB.
 */
export async function initialise(
  dataDir: string,
  launch: Launch,
  mode: RunMode,
  superuser: string,
  password: Secret,
  signal?: AbortSignal,
): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'isthmus-pw-'));
  chmodSync(scratch, 0o711);
  const passwordFile = join(scratch, 'password');
  try {
    writeFileSync(passwordFile, password.reveal(), { mode: 0o600 });
    own(passwordFile, mode);
    let output = '';
    for (const locale of LOCALES) {
      rmSync(dataDir, { recursive: true, force: true });
      makeDataDir(dataDir, mode);
      const words = ['-D', dataDir, '-U', superuser, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
      const done = await run(launch, [...words, '--encoding=UTF8', '--no-instructions', ...locale], signal);
      signal?.throwIfAborted();
      if (done.good) {
        rememberMode(dataDir, mode);
        return;
      }
      output = done.output;
      if (diskFull(output)) break;
    }
    if (diskFull(output)) throw new FatalError('DISK_FULL', { where: { file: dirname(dataDir) } });
    throw new FatalError('POSTGRES_INITDB', {
      where: { file: dataDir },
      params: { output: output.trim().split('\n').slice(-3).join(' / ') },
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** In a process group of its own: Ctrl-C is for us, and what initdb starts ends with it. */
function run(launch: Launch, words: string[], signal?: AbortSignal): Promise<{ good: boolean; output: string }> {
  const [program, ...rest] = [...launch.prefix, launch.binaries.initdb, ...words];
  const { uid, gid } = launch;
  const child = spawn(program!, rest, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: ENVIRONMENT,
    ...(uid === undefined || gid === undefined ? {} : { uid, gid }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (output = (output + part).slice(-4000)));
  const stop = (): void => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      // Gone already.
    }
  };
  signal?.addEventListener('abort', stop, { once: true });
  return new Promise((done) => {
    child.once('error', (error) => done({ good: false, output: error.message }));
    child.once('close', (code) => {
      signal?.removeEventListener('abort', stop);
      done({ good: code === 0, output });
    });
  });
}

/** True once initdb has run to its end (the mode marker is written after it). */
export const isInitialised = (dataDir: string): boolean =>
  existsSync(join(dataDir, 'PG_VERSION')) && existsSync(join(dataDir, 'isthmus-run-mode'));
