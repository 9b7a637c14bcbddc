import pg from 'pg';
import { sqlError } from './errors.js';
import {
  CONNECT_TIMEOUT_MS,
  STATEMENT_TIMEOUT_MS,
  type Row,
  type SqlResult,
  type SqlSession,
  type SqlSettings,
  type SqlValue,
} from './session.js';
import { tlsOptions } from './tls.js';

const asSent = { getTypeParser: () => (value: string) => value };
const TYPES: Record<number, { type: string; number?: boolean }> = {
  16: { type: 'boolean' },
  20: { type: 'integer', number: true },
  21: { type: 'integer', number: true },
  23: { type: 'integer', number: true },
  700: { type: 'decimal', number: true },
  701: { type: 'decimal', number: true },
  1700: { type: 'decimal', number: true },
  1082: { type: 'date' },
  1114: { type: 'timestamp' },
  1184: { type: 'timestamp' },
};

/** A PostgreSQL session that can only read; times come in `timeZone`, ISO form. @throws IsthmusError by `sqlError`. */
export async function openPostgres(settings: SqlSettings, timeZone: string): Promise<SqlSession> {
  const ssl = tlsOptions(settings);
  const client = new pg.Client({
    host: settings.host,
    port: settings.port ?? 5432,
    database: settings.database,
    user: settings.user,
    password: settings.password,
    ssl: ssl ?? false,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'isthmus',
    // A cursor is read to its end: plan it so.
    options:
      '-c cursor_tuple_fraction=1 -c default_transaction_read_only=on -c datestyle=ISO -c intervalstyle=iso_8601 -c client_encoding=UTF8',
    keepAlive: true,
  });
  // A connection that breaks between two statements: the next statement reports it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query("select set_config('timezone', $1, false)", [timeZone]);
  } catch (error) {
    throw sqlError(error);
  }
  return new PostgresSession(client);
}

class PostgresSession implements SqlSession {
  constructor(private readonly client: pg.Client) {}

  placeholder = (index: number): string => `$${index}`;
  quote = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

  async query(sql: string, values: readonly SqlValue[]): Promise<SqlResult> {
    // The extended protocol takes exactly one statement, so a query cannot smuggle in a second one.
    const query = {
      text: sql,
      values: values.map((value) => value.text),
      rowMode: 'array' as const,
      types: asSent,
      queryMode: 'extended',
    };
    const { fields, rows } = await this.client.query<(string | null)[]>(query);
    return {
      columns: fields.map(({ name, dataTypeID }) => ({
        name,
        type: TYPES[dataTypeID]?.type ?? 'text',
        number: TYPES[dataTypeID]?.number ?? false,
      })),
      rows,
    };
  }

  async beginSnapshot(): Promise<void> {
    await this.client.query('begin isolation level repeatable read, read only');
  }

  async *cursor(sql: string, values: readonly SqlValue[], limit: number): AsyncGenerator<Row[]> {
    await this.query(`declare isthmus no scroll cursor for ${sql}`, values);
    for (;;) {
      const { rows } = await this.query(`fetch forward ${limit} from isthmus`, []);
      yield rows;
      if (rows.length < limit) return;
    }
  }

  abort(): void {
    (this.client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}
