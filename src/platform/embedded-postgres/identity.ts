import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../kernel/index.js';
import type { Binaries } from './binaries.js';

/**
 * PostgreSQL refuses to run as root. Three ways of running it:
 * - `plain`: we are an ordinary user;
 * - `namespace`: we are root; a user namespace shows us to PostgreSQL as uid 65534, while the files stay root's
 *   (so a directory only root can enter works, and no user is created);
 * - `nobody`: we are root where namespaces are refused; uid/gid 65534 with the binaries staged where it can enter.
 */
export type RunMode = 'plain' | 'namespace' | 'nobody';

const NOBODY = 65534;
const has = (command: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;
const namespacesWork = (): boolean =>
  has('unshare') &&
  spawnSync('unshare', ['-U', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, 'true'], { stdio: 'ignore' }).status ===
    0;

/** The mode a new directory gets; an existing one keeps the mode it was made in. */
export function chooseMode(dataDir: string): RunMode {
  const marker = join(dataDir, 'isthmus-run-mode');
  const made = existsSync(marker) ? (readFileSync(marker, 'utf8').trim() as RunMode) : null;
  const root = process.getuid?.() === 0;
  if (!root) {
    if (made !== null && made !== 'plain') {
      throw new ConfigurationError('POSTGRES_OTHER_USER', { where: { file: dataDir } });
    }
    return 'plain';
  }
  if (made === 'nobody') return 'nobody';
  if (namespacesWork()) return 'namespace';
  if (made === 'namespace') throw new ConfigurationError('POSTGRES_NAMESPACE_GONE', { where: { file: dataDir } });
  return 'nobody';
}

export function rememberMode(dataDir: string, mode: RunMode): void {
  writeFileSync(join(dataDir, 'isthmus-run-mode'), `${mode}\n`);
  if (mode === 'nobody') chownSync(join(dataDir, 'isthmus-run-mode'), NOBODY, NOBODY);
}

export interface Launch {
  /** Words put before the program. */
  prefix: string[];
  uid?: number;
  gid?: number;
  binaries: Binaries;
}

/** How to start a PostgreSQL program in `mode`; `dies` asks the kernel to stop it (fast shutdown) when we die. */
export function launchFor(mode: RunMode, binaries: Binaries, dataDir: string, dies: boolean): Launch {
  const leash = dies && has('setpriv') ? ['setpriv', '--pdeathsig', 'INT'] : [];
  switch (mode) {
    case 'plain':
      return { prefix: leash, binaries };
    case 'namespace':
      return { prefix: [...leash, 'unshare', '-U', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`], binaries };
    case 'nobody':
      return {
        prefix: leash.length ? [...leash, '--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups'] : [],
        ...(leash.length ? {} : { uid: NOBODY, gid: NOBODY }),
        binaries: stage(binaries, dataDir),
      };
  }
}

/** Copies the binaries beside the data directory, where uid 65534 can read them (60 MB, once). */
function stage(binaries: Binaries, dataDir: string): Binaries {
  const root = join(dataDir, '..', 'postgres-binaries');
  if (!existsSync(join(root, 'bin', 'postgres'))) {
    cpSync(binaries.root, root, { recursive: true, verbatimSymlinks: true });
    openForAll(root);
  }
  return { root, initdb: join(root, 'bin', 'initdb'), postgres: join(root, 'bin', 'postgres') };
}

function openForAll(path: string): void {
  const stat = statSync(path);
  chmodSync(path, stat.isDirectory() || (stat.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of readdirSync(path)) openForAll(join(path, name));
}

/** Makes the (empty) data directory with the owner that PostgreSQL demands. */
export function makeDataDir(dataDir: string, mode: RunMode): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  chmodSync(dataDir, 0o700);
  if (mode === 'nobody') chownSync(dataDir, NOBODY, NOBODY);
}
