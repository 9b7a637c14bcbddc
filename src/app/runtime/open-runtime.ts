import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '../../platform/config/index.js';
import { Database, migrate, roleName, type LoginRole } from '../../platform/database/index.js';
import { startPostgres, type RunningPostgres } from '../../platform/embedded-postgres/index.js';
import { IsthmusError } from '../../platform/kernel/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import { externalError } from './external-error.js';
import { openKeyring } from './open-keyring.js';
import { prepareDirectory } from './prepare-directory.js';
import { readRunFile } from './run-file.js';
import { unlessAborted, within } from './shutdown.js';

/** Keys and database, open: what every command and every role of the program stands on. */
export interface Runtime {
  config: Readonly<Config>;
  keyring: Keyring;
  database: Database;
  adminUrl: string;
  urlOf(role: LoginRole): string;
  /** The embedded server when this process started it. */
  server: RunningPostgres | null;
  /** Migrations applied at this opening. */
  migrated: string[];
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Called before and after each part, for progress lines. */
  step?: <T>(name: 'keys' | 'database' | 'migrate', work: () => Promise<T>) => Promise<T>;
  /** Ends an opening under way: what it had started is stopped, and it rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** How long a server that is being left may take for its last checkpoint, before it is ended without one. */
const SERVER_MS = 4500;

/**
 * Opens keys and database. A program already running on the data directory lends its embedded server; otherwise one is
 * started for as long as this process needs it.
 *
 * @throws ConfigurationError DATA_DIR_UNWRITABLE and those of keys, PostgreSQL and migration.
 */
export async function openRuntime(config: Readonly<Config>, options: OpenOptions = {}): Promise<Runtime> {
  const step = options.step ?? ((_name, work) => work());
  const signal = options.signal ?? new AbortController().signal;
  prepareDirectory(config.dataDir);
  const keyring = await step('keys', () => openKeyring(config));
  const { adminUrl, server } = await step('database', () => reachDatabase(config, keyring, signal));
  try {
    const password = (role: LoginRole): string => keyring.databasePassword(role);
    const migrated = await step('migrate', () => unlessAborted(signal, migrate({ adminUrl, password })));
    const urlOf = (role: LoginRole): string => {
      const url = new URL(adminUrl);
      url.username = roleName(role);
      url.password = encodeURIComponent(password(role));
      return url.toString();
    };
    const database = await Database.open({ url: urlOf });
    const unwatch = keyring.watch();
    const close = async (): Promise<void> => {
      unwatch();
      keyring.close();
      await within(1000, database.close());
      await server?.stop('fast', SERVER_MS);
    };
    return { config, keyring, database, adminUrl, urlOf, server, migrated, close };
  } catch (error) {
    const cause = signal.aborted ? error : await causeOf(server ? error : externalError(error, adminUrl), server);
    keyring.close();
    await server?.stop('fast', SERVER_MS);
    throw cause;
  }
}

/** A server that dies is often noticed first by those who were speaking with it. */
const CAUSE_MS = 200;

/** The error, or what lies behind it: the end of the database server that we started. */
export async function causeOf(error: unknown, server: RunningPostgres | null): Promise<unknown> {
  if (server === null || error instanceof IsthmusError) return error;
  let gone = false;
  await within(
    CAUSE_MS,
    server.exited.then(() => (gone = true)),
  );
  return gone ? server.lastError() : error;
}

const DATABASE = 'isthmus';
const ANSWER_MS = 10_000;

async function reachDatabase(
  config: Readonly<Config>,
  keyring: Keyring,
  signal: AbortSignal,
): Promise<{ adminUrl: string; server: RunningPostgres | null }> {
  if (config.databaseUrl) {
    const adminUrl = config.databaseUrl.reveal();
    await unlessAborted(signal, requireAnswer(adminUrl));
    return { adminUrl, server: null };
  }
  const password = keyring.databasePassword('superuser');
  const running = readRunFile(config.dataDir);
  if (running?.databasePort) {
    return {
      adminUrl: `postgresql://isthmus:${encodeURIComponent(password)}@127.0.0.1:${running.databasePort}/${DATABASE}`,
      server: null,
    };
  }
  const server = await startPostgres({ dataDir: join(config.dataDir, 'pg'), password, signal });
  try {
    await createDatabase(server.url());
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { adminUrl: server.url(DATABASE), server };
}

/** An external database is called reached once it has answered. @throws those of `externalError`. */
async function requireAnswer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ANSWER_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw externalError(error, url);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(`SELECT 1 FROM pg_database WHERE datname = $1`, [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}
