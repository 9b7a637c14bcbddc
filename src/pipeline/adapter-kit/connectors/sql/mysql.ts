import type { Connection, FieldPacket, TypeCastField } from 'mysql2/promise';
import { sqlError } from './errors.js';
import {
  CONNECT_TIMEOUT_MS,
  STATEMENT_TIMEOUT_MS,
  type SqlResult,
  type SqlSession,
  type SqlSettings,
  type SqlValue,
} from './session.js';
import { tlsOptions } from './tls.js';

const NUMBERS = new Set([
  'TINY',
  'SHORT',
  'LONG',
  'INT24',
  'LONGLONG',
  'FLOAT',
  'DOUBLE',
  'DECIMAL',
  'NEWDECIMAL',
  'YEAR',
]);
const TIMES = new Set(['DATETIME', 'TIMESTAMP', 'DATETIME2', 'TIMESTAMP2']);
const BINARY_CHARSET = 63;

/** Values as the server's text protocol sends them; bytes of binary columns as `\x…`, as PostgreSQL writes them. */
function asSent(field: TypeCastField): string | null {
  const binary =
    /BLOB|BIT|GEOMETRY/.test(field.type) || (/STRING/.test(field.type) && charsetOf(field) === BINARY_CHARSET);
  if (!binary || charsetOf(field) !== BINARY_CHARSET) return field.string();
  const bytes = field.buffer();
  return bytes && `\\x${bytes.toString('hex')}`;
}
const charsetOf = (field: TypeCastField): number | undefined =>
  (field as unknown as { packet?: { characterSet?: number } }).packet?.characterSet;

/** A MySQL or MariaDB session that can only read. @throws IsthmusError by `sqlError`. */
export async function openMysql(settings: SqlSettings, timeZone: string): Promise<SqlSession> {
  // By its default export: Node finds only some of a CommonJS package's names, and `Types` is not among them.
  const { default: mysql } = await import('mysql2/promise');
  const ssl = tlsOptions(settings);
  let connection: Connection;
  try {
    connection = await mysql.createConnection({
      host: settings.host,
      port: settings.port ?? 3306,
      database: settings.database,
      user: settings.user,
      ...(settings.password === undefined ? {} : { password: settings.password }),
      ...(ssl ? { ssl } : {}),
      charset: 'utf8mb4',
      connectTimeout: CONNECT_TIMEOUT_MS,
      rowsAsArray: true,
      dateStrings: true,
      supportBigNumbers: true,
      bigNumberStrings: true,
      multipleStatements: false,
      typeCast: asSent,
    });
    connection.on('error', () => undefined);
    await connection.query('set session transaction read only');
    // Key values are escaped with backslashes by the driver; that must mean what it says.
    await connection.query("set session sql_mode = replace(@@sql_mode, 'NO_BACKSLASH_ESCAPES', '')");
    await connection.query('set session time_zone = ?', [offsetOf(timeZone)]);
  } catch (error) {
    throw sqlError(error);
  }
  return new MysqlSession(connection, mysql.Types as unknown as Record<number, string>);
}

/** Servers often lack the tables of zone names, so the zone is given as its present offset. */
function offsetOf(timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts();
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? '+00:00' : name.slice(3);
}

class MysqlSession implements SqlSession {
  constructor(
    private readonly connection: Connection,
    private readonly typeNames: Record<number, string>,
  ) {}

  placeholder = (): string => '?';
  quote = (identifier: string): string => `\`${identifier.replaceAll('`', '``')}\``;

  async query(sql: string, values: readonly SqlValue[]): Promise<SqlResult> {
    // A number must reach the server as a number: compared with a text it would be rounded to a double.
    const given = values.map(({ text, number }) =>
      number && /^-?\d{1,65}(\.\d{1,30})?$/.test(text) ? { toSqlString: () => text } : text,
    );
    const [rows, fields] = await this.connection.query({ sql, values: given, timeout: STATEMENT_TIMEOUT_MS });
    return {
      columns: (fields ?? []).map((field) => this.#column(field)),
      rows: rows as unknown as (string | null)[][],
    };
  }

  #column(field: FieldPacket): { name: string; type: string; number: boolean } {
    const type = this.typeNames[field.columnType ?? field.type ?? -1] ?? '';
    const number = NUMBERS.has(type);
    if (number) return { name: field.name, number, type: /DECIMAL|FLOAT|DOUBLE/.test(type) ? 'decimal' : 'integer' };
    return { name: field.name, number, type: TIMES.has(type) ? 'timestamp' : type === 'DATE' ? 'date' : 'text' };
  }

  async beginSnapshot(): Promise<void> {
    await this.connection.query('set session transaction isolation level repeatable read');
    await this.connection.query('start transaction with consistent snapshot, read only');
  }

  abort(): void {
    this.connection.destroy();
  }

  async close(): Promise<void> {
    await this.connection.end().catch(() => undefined);
  }
}
