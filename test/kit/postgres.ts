import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Database, LOGIN_ROLES, migrate, roleName, type LoginRole } from '../../src/platform/database/index.js';
import { startPostgres, type RunningPostgres } from '../../src/platform/embedded-postgres/index.js';

export interface TestDatabase {
  database: Database;
  server: RunningPostgres;
  /** Temporary directory, removed on close. */
  home: string;
  adminUrl: string;
  urlOf(role: LoginRole): string;
  /** Passwords of the roles, for a test's own processes. */
  passwords: Record<LoginRole, string>;
  /** A query as superuser, outside every rule: for arranging and asserting. */
  admin<T extends pg.QueryResultRow = pg.QueryResultRow>(sql: string, params?: unknown[]): Promise<T[]>;
  /** One more migrated database on the same server, with a directory of its own below `home`. */
  another(name: string): Promise<TestDatabase>;
  /** The server dies without a checkpoint and comes back on the same port and directory. */
  crashServer(): Promise<void>;
  close(): Promise<void>;
}

interface Server {
  running: RunningPostgres;
  home: string;
  password: (role: LoginRole) => string;
  start(port?: number): Promise<RunningPostgres>;
}

/** A real, migrated PostgreSQL in a directory of its own. `password` lets a test use a keyring's passwords; `durable` keeps fsync on. */
export async function testDatabase(
  options: { password?: (role: LoginRole) => string; durable?: boolean } = {},
): Promise<TestDatabase> {
  const home = mkdtempSync(join(tmpdir(), 'isthmus-test-'));
  const start = (port = 0): Promise<RunningPostgres> =>
    startPostgres({
      dataDir: join(home, 'pg'),
      password: 'test-only',
      port,
      settings: options.durable ? {} : { fsync: 'off' },
    });
  const server: Server = { running: await start(), home, password: options.password ?? testPassword, start };
  const first = await openDatabase(server, 'isthmus', home);
  const closeFirst = first.close;
  return Object.assign(first, {
    close: async () => {
      await closeFirst();
      await server.running.stop();
      rmSync(home, { recursive: true, force: true });
    },
  });
}

async function openDatabase(server: Server, name: string, home: string): Promise<TestDatabase> {
  const { password } = server;
  const client = new pg.Client({ connectionString: server.running.url() });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const adminUrl = server.running.url(name);
  await migrate({ adminUrl, password });
  const urlOf = (role: LoginRole): string => {
    const url = new URL(adminUrl);
    url.username = roleName(role);
    url.password = encodeURIComponent(password(role));
    return url.toString();
  };
  const database = await Database.open({ url: urlOf });
  const adminPool = new pg.Pool({ connectionString: adminUrl, max: 2 });
  adminPool.on('error', () => undefined);
  return {
    database,
    get server() {
      return server.running;
    },
    home,
    adminUrl,
    urlOf,
    passwords: Object.fromEntries(LOGIN_ROLES.map((role) => [role, password(role)])) as Record<LoginRole, string>,
    admin: async <T extends pg.QueryResultRow>(sql: string, params?: unknown[]) =>
      (await adminPool.query<T>(sql, params)).rows,
    another: async (other) => {
      const own = join(server.home, other);
      mkdirSync(own);
      return openDatabase(server, other, own);
    },
    crashServer: async () => {
      const { port } = server.running;
      await server.running.stop('immediate');
      server.running = await server.start(port);
    },
    close: async () => {
      await database.close();
      await adminPool.end();
    },
  };
}

function testPassword(role: LoginRole): string {
  return createHmac('sha256', 'test-only').update(role).digest('hex');
}
