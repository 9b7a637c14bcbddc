/** What the `sql` connector needs of a database; one file per driver. */
export interface SqlSession {
  /** `$1` or `?`. */
  placeholder(index: number): string;
  quote(identifier: string): string;
  /**
   * One statement. Values come as text exactly as the server sends them (numbers, dates and decimals are never
   * converted), null for NULL.
   */
  query(sql: string, values: readonly SqlValue[]): Promise<SqlResult>;
  /** Begins the read-only transaction in which a whole scan sees one state of the database. */
  beginSnapshot(): Promise<void>;
  /** The rows of one ordered query, `limit` at a time, from a cursor of the server inside the snapshot. */
  cursor?(sql: string, values: readonly SqlValue[], limit: number): AsyncGenerator<Row[]>;
  /** Drops the connection at once. */
  abort(): void;
  close(): Promise<void>;
}

/** A key value given back to the server; `number` marks a column whose values are to be compared as numbers. */
export interface SqlValue {
  text: string;
  number: boolean;
}

export type Row = (string | null)[];

export interface SqlResult {
  columns: SqlColumn[];
  rows: Row[];
}

export interface SqlColumn {
  name: string;
  type: string;
  number: boolean;
}

export interface SqlSettings {
  engine: 'postgresql' | 'mysql' | 'mariadb';
  host: string;
  port?: number;
  database: string;
  user: string;
  password?: string;
  ssl?: 'off' | 'require' | 'verify';
  caFile?: string;
}

export const CONNECT_TIMEOUT_MS = 10_000;
export const STATEMENT_TIMEOUT_MS = 300_000;
