import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
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
  close(): Promise<void>;
}

/** A real, migrated PostgreSQL in a directory of its own. `password` lets a test use a keyring's passwords; `durable` keeps fsync on. */
export async function testDatabase(
  options: { password?: (role: LoginRole) => string; durable?: boolean } = {},
): Promise<TestDatabase> {
  const password = options.password ?? testPassword;
  const home = mkdtempSync(join(tmpdir(), 'isthmus-test-'));
  const server = await startPostgres({
    dataDir: join(home, 'pg'),
    password: 'test-only',
    settings: options.durable ? {} : { fsync: 'off' },
  });
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  await client.query('CREATE DATABASE isthmus');
  await client.end();
  const adminUrl = server.url('isthmus');
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
    server,
    home,
    adminUrl,
    urlOf,
    passwords: Object.fromEntries(LOGIN_ROLES.map((role) => [role, password(role)])) as Record<LoginRole, string>,
    admin: async <T extends pg.QueryResultRow>(sql: string, params?: unknown[]) =>
      (await adminPool.query<T>(sql, params)).rows,
    close: async () => {
      await database.close();
      await adminPool.end();
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function testPassword(role: LoginRole): string {
  return createHmac('sha256', 'test-only').update(role).digest('hex');
}
