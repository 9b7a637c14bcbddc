import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FatalError, type Secret } from '../kernel/index.js';
import { makeDataDir, rememberMode, type Launch, type RunMode } from './identity.js';

/** Chinese trigrams need a UTF-8 character type; a host without that locale falls back to prefix search. */
const LOCALES = [
  ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--lc-ctype=C.UTF-8'],
  ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
];

/** Runs initdb once; a directory that an interrupted initdb left half made is emptied first. */
export function initialise(dataDir: string, launch: Launch, mode: RunMode, superuser: string, password: Secret): void {
  const scratch = mkdtempSync(join(tmpdir(), 'isthmus-pw-'));
  chmodSync(scratch, 0o755);
  const passwordFile = join(scratch, 'password');
  try {
    let output = '';
    for (const locale of LOCALES) {
      rmSync(dataDir, { recursive: true, force: true });
      makeDataDir(dataDir, mode);
      writeFileSync(passwordFile, password.reveal(), { mode: mode === 'nobody' ? 0o644 : 0o600 });
      const words = [
        ...launch.prefix,
        launch.binaries.initdb,
        '-D',
        dataDir,
        '-U',
        superuser,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--no-instructions',
        ...locale,
      ];
      const done = spawnSync(words[0]!, words.slice(1), {
        cwd: '/',
        encoding: 'utf8',
        env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
        ...(launch.uid === undefined ? {} : { uid: launch.uid, gid: launch.gid }),
      });
      if (done.status === 0) {
        rememberMode(dataDir, mode);
        return;
      }
      output = `${done.stdout}${done.stderr}${done.error?.message ?? ''}`;
    }
    throw new FatalError('POSTGRES_INITDB', {
      where: { file: dataDir },
      params: { output: output.trim().split('\n').slice(-3).join(' / ') },
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** True once initdb has run to its end (the mode marker is written after it). */
export const isInitialised = (dataDir: string): boolean =>
  existsSync(join(dataDir, 'PG_VERSION')) && existsSync(join(dataDir, 'isthmus-run-mode'));
