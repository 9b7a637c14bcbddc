import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../kernel/index.js';
import type { Binaries, Launch } from './binaries.js';
import { findCommand } from './find-command.js';
import { launchAsNobody, NOBODY } from './nobody.js';

/**
 * PostgreSQL refuses to run as root. Three ways of running it:
 * - `plain`: we are an ordinary user;
 * - `namespace`: we are root, or a uid that has no account (initdb wants a name); a user namespace shows us to PostgreSQL as uid 65534, while the files stay ours
 *   (so a directory only root can enter works, and no user is created);
 * - `nobody`: we are root where namespaces are refused; uid/gid 65534 owns the data directory.
 */
export type RunMode = 'plain' | 'namespace' | 'nobody';

const MAPPING = ['-U', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];

function namespacesWork(): boolean {
  const unshare = findCommand('unshare');
  return unshare !== null && spawnSync(unshare, [...MAPPING, 'true'], { stdio: 'ignore' }).status === 0;
}

/** Whether the host has a name for our uid: a container may be given any. */
function hasAccount(): boolean {
  try {
    userInfo();
    return true;
  } catch {
    return false;
  }
}

const markerOf = (dataDir: string): string => join(dataDir, 'isthmus-run-mode');

/**
 * The mode a new directory gets; an existing one keeps the mode and the owner it was made with.
 *
 * @throws ConfigurationError POSTGRES_OTHER_USER, POSTGRES_NAMESPACE_GONE, POSTGRES_NO_ACCOUNT.
 */
export function chooseMode(dataDir: string): RunMode {
  const made = existsSync(markerOf(dataDir)) ? (readFileSync(markerOf(dataDir), 'utf8').trim() as RunMode) : null;
  const mode = modeFor(made, dataDir);
  if (made !== null && statSync(dataDir).uid !== ownerIn(mode))
    throw new ConfigurationError('POSTGRES_OTHER_USER', { where: { file: dataDir } });
  return mode;
}

function modeFor(made: RunMode | null, dataDir: string): RunMode {
  if (process.getuid?.() !== 0) {
    // Only making a cluster asks for the user's name; running one does not.
    if (made !== null || hasAccount()) return 'plain';
    if (namespacesWork()) return 'namespace';
    throw new ConfigurationError('POSTGRES_NO_ACCOUNT', { params: { uid: process.getuid!() } });
  }
  if (made === 'nobody') return 'nobody';
  if (namespacesWork()) return 'namespace';
  if (made === 'namespace') throw new ConfigurationError('POSTGRES_NAMESPACE_GONE', { where: { file: dataDir } });
  return 'nobody';
}

/** The owner, as the file system names him, that PostgreSQL demands of its directory. */
const ownerIn = (mode: RunMode): number => (mode === 'nobody' ? NOBODY : (process.getuid?.() ?? 0));

export function rememberMode(dataDir: string, mode: RunMode): void {
  writeFileSync(markerOf(dataDir), `${mode}\n`);
  own(markerOf(dataDir), mode);
}

/** How to start a PostgreSQL program in `mode` so that the kernel stops it with `dies` when we die. */
export function launchFor(mode: RunMode, binaries: Binaries, dataDir: string, dies: 'INT' | 'TERM'): Launch {
  const setpriv = findCommand('setpriv');
  const leash = setpriv ? [setpriv, '--pdeathsig', dies] : [];
  switch (mode) {
    case 'plain':
      return { prefix: leash, binaries };
    case 'namespace':
      return { prefix: [...leash, findCommand('unshare')!, ...MAPPING], binaries };
    case 'nobody':
      return launchAsNobody(binaries, dataDir, leash);
  }
}

/** Makes the (empty) data directory with the owner that PostgreSQL demands. */
export function makeDataDir(dataDir: string, mode: RunMode): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  chmodSync(dataDir, 0o700);
  own(dataDir, mode);
}

/** Gives a file to the user PostgreSQL runs as. */
export function own(path: string, mode: RunMode): void {
  if (mode === 'nobody') chownSync(path, NOBODY, NOBODY);
}
