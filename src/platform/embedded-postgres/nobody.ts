import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigurationError } from '../kernel/index.js';
import type { Binaries, Launch } from './binaries.js';

/** uid and gid that belong to nobody on every Linux. */
export const NOBODY = 65534;

/** Hands down the right to pass closed directories; without the secure bit, access(2) would not know of it. */
const PASSING = ['--securebits', '+no_setuid_fixup', '--inh-caps', '+dac_override', '--ambient-caps', '+dac_override'];

/**
 * Root without user namespaces: PostgreSQL runs as uid 65534. Where we may hand down the capability to pass closed
 * directories, it works below a directory only root can enter; otherwise the way to the data must be open, and the
 * binaries are copied beside them (60 MB, once).
 *
 * @param leash `setpriv` with its first words, or nothing where the host has none.
 * @throws ConfigurationError POSTGRES_NOBODY_BLOCKED when uid 65534 cannot reach the data directory.
 */
export function launchAsNobody(binaries: Binaries, dataDir: string, leash: string[]): Launch {
  const home = dirname(dataDir);
  if (leash.length > 0) {
    const drop = ['--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups'];
    const launch = { prefix: [...leash, ...PASSING, ...drop], binaries };
    if (enters(launch, home) && enters(launch, binaries.postgres)) return launch;
    const plain = { prefix: [...leash, ...drop], binaries };
    return reachable(plain, home);
  }
  return reachable({ prefix: [], uid: NOBODY, gid: NOBODY, binaries }, home);
}

function reachable(launch: Launch, home: string): Launch {
  // Ours to open: what lies in it is closed file by file.
  chmodSync(home, statSync(home).mode | 0o011);
  if (!enters(launch, home)) throw new ConfigurationError('POSTGRES_NOBODY_BLOCKED', { where: { file: home } });
  return enters(launch, launch.binaries.postgres) ? launch : { ...launch, binaries: stage(launch.binaries, home) };
}

/** May what is launched this way enter the directory, or run the file? */
function enters(launch: Launch, path: string): boolean {
  const [program, ...rest] = [...launch.prefix, 'test', '-x', path];
  const { uid, gid } = launch;
  const as = uid === undefined || gid === undefined ? {} : { uid, gid };
  return spawnSync(program!, rest, { cwd: '/', stdio: 'ignore', ...as }).status === 0;
}

/** Copies the binaries to where uid 65534 can read them; a copy that was interrupted counts for nothing. */
function stage(binaries: Binaries, home: string): Binaries {
  const root = join(home, 'postgres-binaries');
  if (!existsSync(root)) {
    const scratch = `${root}.${process.pid}`;
    rmSync(scratch, { recursive: true, force: true });
    cpSync(binaries.root, scratch, { recursive: true, verbatimSymlinks: true });
    openForAll(scratch);
    renameSync(scratch, root);
  }
  return { root, initdb: join(root, 'bin', 'initdb'), postgres: join(root, 'bin', 'postgres') };
}

function openForAll(path: string): void {
  const stat = statSync(path);
  chmodSync(path, stat.isDirectory() || (stat.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of readdirSync(path)) openForAll(join(path, name));
}
