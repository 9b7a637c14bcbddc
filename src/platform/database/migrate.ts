import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ConfigurationError } from '../kernel/index.js';
import { ensureRoles, roleName, type LoginRole } from './roles.js';

export interface MigrateOptions {
  /** URL of an administrator (superuser, or CREATEROLE) on the target database. */
  adminUrl: string;
  password: (role: LoginRole) => string;
}

export interface MigrationStatus {
  name: string;
  applied: boolean;
}

interface MigrationFile {
  name: string;
  sql: string;
  sha256: string;
}

/** One lock for a whole deployment: any number of instances may start at once. */
const LOCK = 0x15741005;
const DIRECTORY = join(dirname(fileURLToPath(import.meta.url)), 'migrations');

/** Migrations are plain SQL files, numbered and named by their effect. */
export function migrationFiles(directory = DIRECTORY): MigrationFile[] {
  return readdirSync(directory)
    .filter((file) => /^\d{4}-[a-z0-9-]+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const sql = readFileSync(join(directory, file), 'utf8');
      return { name: basename(file, '.sql'), sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });
}

/** TypeORM orders migrations by the timestamp that ends their name: the file's number is made into one. */
function asTypeOrm(file: MigrationFile): new () => MigrationInterface {
  return class implements MigrationInterface {
    name = `${file.name.replace(/[^a-z0-9]/g, '_')}_${1_700_000_000_000 + Number(file.name.slice(0, 4))}`;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(`SET LOCAL ROLE ${roleName('owner')}`);
      await runner.query(file.sql);
      await runner.query(`INSERT INTO migration.digest (name, sha256) VALUES ($1, $2)`, [file.name, file.sha256]);
    }
    async down(): Promise<void> {
      throw new Error('migrations are additive; restore a backup to go back');
    }
  };
}

/**
 * Brings the database to this program's structure: roles, then every migration not yet applied, under one advisory lock.
 *
 * @throws ConfigurationError DATABASE_TOO_OLD, DATABASE_NEWER, MIGRATION_CHANGED.
 * @returns the names applied now.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const files = migrationFiles();
  const admin = new pg.Client({ connectionString: options.adminUrl, application_name: 'isthmus-migrate' });
  await admin.connect();
  try {
    const { rows } = await admin.query<{ version: string; db: string }>(
      `SELECT current_setting('server_version_num') AS version, current_database() AS db`,
    );
    const version = Number(rows[0]!.version);
    if (version < 180_000)
      throw new ConfigurationError('DATABASE_TOO_OLD', { params: { version: Math.floor(version / 10_000) } });
    await admin.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await ensureRoles(admin, rows[0]!.db, options.password);
    await admin.query(`CREATE SCHEMA IF NOT EXISTS migration AUTHORIZATION ${roleName('owner')}`);
    await admin.query(`SET ROLE ${roleName('owner')}`);
    await admin.query(
      `CREATE TABLE IF NOT EXISTS migration.digest (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())`,
    );
    await admin.query(`RESET ROLE`);
    const applied = await checkDrift(admin, files);
    await runPending(options, files, rows[0]!.db);
    return files.filter((file) => !applied.has(file.name)).map((file) => file.name);
  } finally {
    await admin.end();
  }
}

async function checkDrift(admin: pg.Client, files: MigrationFile[]): Promise<Set<string>> {
  const { rows } = await admin.query<{ name: string; sha256: string }>('SELECT name, sha256 FROM migration.digest');
  const known = new Map(files.map((file) => [file.name, file.sha256]));
  for (const row of rows) {
    const sha256 = known.get(row.name);
    if (sha256 === undefined) throw new ConfigurationError('DATABASE_NEWER', { params: { migration: row.name } });
    if (sha256 !== row.sha256) throw new ConfigurationError('MIGRATION_CHANGED', { params: { migration: row.name } });
  }
  return new Set(rows.map((row) => row.name));
}

async function runPending(options: MigrateOptions, files: MigrationFile[], database: string): Promise<void> {
  const url = new URL(options.adminUrl);
  url.username = roleName('migrator');
  url.password = encodeURIComponent(options.password('migrator'));
  url.pathname = `/${database}`;
  const source = new DataSource({
    type: 'postgres',
    url: url.toString(),
    driver: pg,
    poolSize: 1,
    installExtensions: false,
    migrations: files.map(asTypeOrm),
    migrationsTableName: 'applied',
    schema: 'migration',
    migrationsTransactionMode: 'each',
    extra: { options: `-c role=${roleName('owner')}` },
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}

/** Which migrations this program knows and which the database has. */
export async function migrationStatus(adminUrl: string): Promise<MigrationStatus[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const has = await client.query<{ there: boolean }>(`SELECT to_regclass('migration.digest') IS NOT NULL AS there`);
    const applied = has.rows[0]!.there
      ? (await client.query<{ name: string }>('SELECT name FROM migration.digest')).rows
      : [];
    const names = new Set(applied.map((row) => row.name));
    return migrationFiles().map((file) => ({ name: file.name, applied: names.has(file.name) }));
  } finally {
    await client.end();
  }
}
