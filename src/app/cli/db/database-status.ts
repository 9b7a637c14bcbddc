import pg from 'pg';
import { migrationStatus, type MigrationStatus } from '../../../platform/database/index.js';
import { ConfigurationError } from '../../../platform/kernel/index.js';
import { EXIT, print, printJson, say, type CommandContext } from '../context.js';
import { table } from '../terminal.js';
import { withRuntime } from '../with-runtime.js';
import { hasDatabase, withAdminDatabase } from './admin-database.js';

export interface DatabaseFacts {
  version: string;
  bytes: number;
  /** Database's clock minus this process's, in seconds, at the middle of the round trip. */
  clockSkewSeconds: number;
  migrations: MigrationStatus[];
}

export async function databaseFacts(url: string): Promise<DatabaseFacts> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const before = Date.now();
    const clock = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    const middle = (before + Date.now()) / 2;
    const { rows } = await client.query<{ version: string; bytes: string }>(
      `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes`,
    );
    return {
      version: rows[0]!.version,
      bytes: Number(rows[0]!.bytes),
      clockSkewSeconds: (clock.rows[0]!.now.getTime() - middle) / 1000,
      migrations: await migrationStatus(url),
    };
  } finally {
    await client.end();
  }
}

/** Looks at the database without changing it; exit code 1 while migrations wait. */
export async function statusCommand(context: CommandContext): Promise<void> {
  const { words } = context;
  if (!hasDatabase(context)) throw new ConfigurationError('DOCTOR_DATABASE_NEW');
  const facts = await withAdminDatabase(context, databaseFacts);
  const pending = facts.migrations.filter(({ applied }) => !applied).length;
  process.exitCode = pending ? EXIT.failed : EXIT.ok;
  if (context.json) return printJson({ ...facts, pending });
  print(`PostgreSQL ${facts.version} · ${(facts.bytes / 1e6).toFixed(1)} MB`);
  print(
    table(
      { head: [words('迁移', 'migration'), words('已执行', 'applied')] },
      facts.migrations.map(({ name, applied }) => [name, applied ? '✔' : '✘']),
    ),
  );
  if (pending) say('  npx --no-install isthmus db migrate');
}

export async function migrateCommand(context: CommandContext): Promise<void> {
  const { words } = context;
  const applied = await withRuntime(context, ({ migrated }) => Promise.resolve(migrated));
  if (context.json) return printJson({ applied });
  say(`✔ ${applied.length ? words('已执行', 'applied') : words('没有待执行的迁移', 'nothing to apply')}`);
  for (const name of applied) print(name);
}
