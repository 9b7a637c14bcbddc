import type { PoolClient, QueryResultRow } from 'pg';

/** The roles a connection can be taken as. */
export type DatabaseRole = 'app' | 'worker' | 'auditor';

/** What row security knows of the caller. Without an actor every personal table is empty. */
export interface RowContext {
  /** Who acts: a token id, `worker:<pid>`, `cli`. Never a person's name. */
  actor: string;
}

/** A statement; with a name it is planned once per connection (only for texts from a fixed, small set). */
export type Sql = string | { name: string; text: string };

/** An open transaction. Every writing or reading repository method takes one; there is no other way to a connection. */
export interface Tx {
  readonly role: DatabaseRole;
  query<T extends QueryResultRow = QueryResultRow>(
    sql: Sql,
    params?: readonly unknown[],
  ): Promise<{ rows: T[]; rowCount: number }>;
  /** The raw client of the same transaction, for COPY. */
  readonly client: PoolClient;
}

export interface TxOptions {
  isolation?: 'READ COMMITTED' | 'REPEATABLE READ';
  readOnly?: boolean;
  /** Upper bounds set for the transaction, in ms. */
  statementTimeoutMs?: number;
  transactionTimeoutMs?: number;
  idleTimeoutMs?: number;
}

/** A transaction that the caller ends. */
export interface OpenTx extends Tx {
  commit(): Promise<void>;
  rollback(): Promise<void>;
}
