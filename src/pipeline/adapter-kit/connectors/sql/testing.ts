import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { freePort } from '../../../../platform/embedded-postgres/index.js';

const PLACES = ['/usr/sbin/mariadbd', '/usr/local/sbin/mariadbd', '/usr/libexec/mariadbd', '/usr/local/bin/mariadbd'];

/** The MariaDB server program of this machine, or null. */
export const findMariadb = (): string | null => PLACES.find((path) => existsSync(path)) ?? null;

export interface RunningMariadb {
  port: number;
  /** Runs statements as root, one by one. */
  run(...statements: string[]): Promise<void>;
  stop(): Promise<void>;
}

/** A MariaDB server of its own in `home`, for tests, without the anonymous users that shadow others. */
export async function startMariadb(program: string, home: string): Promise<RunningMariadb> {
  const data = join(home, 'data');
  mkdirSync(data, { recursive: true });
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  execFileSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', ...asRoot],
    {
      stdio: 'ignore',
    },
  );
  const port = await freePort();
  const child: ChildProcess = spawn(
    program,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(home, 's.sock')}`,
      ...asRoot,
    ],
    { stdio: 'ignore' },
  );
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const run = async (...statements: string[]): Promise<void> => {
    const connection = await createConnection({ host: '127.0.0.1', port, user: 'root', charset: 'utf8mb4' });
    try {
      for (const statement of statements) await connection.query(statement);
    } finally {
      await connection.end();
    }
  };
  for (const deadline = Date.now() + 30_000; ; await new Promise((next) => setTimeout(next, 50))) {
    try {
      await run("delete from mysql.global_priv where user = ''", 'flush privileges');
      break;
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) throw error;
    }
  }
  return {
    port,
    run,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
