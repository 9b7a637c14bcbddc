import { DataSource, type EntityManager } from 'typeorm';
import pg, { type Pool, type PoolClient, type QueryResultRow } from 'pg';
import type { DatabaseRole, OpenTx, RowContext, Sql, Tx, TxOptions } from './tx.js';

export interface DatabaseOptions {
  /** Connection URL of each role. */
  url: (role: DatabaseRole) => string;
  poolSize?: Partial<Record<DatabaseRole, number>>;
}

const POOL_SIZES: Record<DatabaseRole, number> = { app: 16, worker: 12, auditor: 4 };

/**
 * One pool per database role. Personal data is reached only inside `withContext`, which sets the row-security
 * context for exactly one transaction, so a pooled connection can never carry it over.
 */
export class Database {
  private constructor(private readonly sources: Record<DatabaseRole, DataSource>) {}

  /** Opens the pools; nothing is connected to before it is needed, except one probe per role. */
  static async open(options: DatabaseOptions): Promise<Database> {
    const open = async (role: DatabaseRole): Promise<DataSource> =>
      new DataSource({
        type: 'postgres',
        url: options.url(role),
        driver: pg,
        poolSize: options.poolSize?.[role] ?? POOL_SIZES[role],
        applicationName: `isthmus-${role}`,
        synchronize: false,
        logging: false,
        installExtensions: false,
        poolErrorHandler: () => undefined,
        extra: { keepAlive: true },
      }).initialize();
    const [app, worker, auditor] = await Promise.all([open('app'), open('worker'), open('auditor')]);
    return new Database({ app, worker, auditor });
  }

  /** TypeORM's manager for the control plane; its tables hold no personal data and carry no row security. */
  controlPlane(role: DatabaseRole): EntityManager {
    return this.sources[role].manager;
  }

  /**
   * Runs `work` in one transaction: commits when it resolves, rolls back when it throws.
   * The context is local to the transaction.
   */
  async withContext<T>(
    role: DatabaseRole,
    context: RowContext,
    work: (tx: Tx) => Promise<T>,
    options: TxOptions = {},
  ): Promise<T> {
    const tx = await this.begin(role, context, options);
    let result: T;
    try {
      result = await work(tx);
    } catch (error) {
      await tx.rollback();
      throw error;
    }
    await tx.commit();
    return result;
  }

  /** A transaction whose end the caller decides (an operation of the graph spans many resolvers). */
  async begin(role: DatabaseRole, context: RowContext, options: TxOptions = {}): Promise<OpenTx> {
    const client = await this.pool(role).connect();
    // A backend that dies while it is checked out says so by an event; unheard, that would end the process.
    client.on('error', ignoreEvent);
    let ended = false;
    const end = async (word: 'COMMIT' | 'ROLLBACK'): Promise<void> => {
      if (ended) return;
      ended = true;
      let broken: Error | undefined;
      try {
        const done = await client.query(word);
        // A failed transaction answers COMMIT with ROLLBACK: that must never pass for success.
        if (word === 'COMMIT' && done.command !== 'COMMIT')
          throw new Error('the transaction had failed and was rolled back');
      } catch (error) {
        broken = error as Error;
        if (word === 'COMMIT') throw error;
      } finally {
        client.off('error', ignoreEvent);
        client.release(broken);
      }
    };
    try {
      await client.query(opening(client, context, options));
    } catch (error) {
      client.off('error', ignoreEvent);
      client.release(error as Error);
      throw error;
    }
    return {
      role,
      client,
      query: async <R extends QueryResultRow>(sql: Sql, params?: readonly unknown[]) => {
        const done = await (typeof sql === 'string'
          ? client.query<R>(sql, params as unknown[])
          : client.query<R>({ ...sql, values: params as unknown[] }));
        return { rows: done.rows, rowCount: done.rowCount ?? 0 };
      },
      commit: () => end('COMMIT'),
      rollback: () => end('ROLLBACK'),
    };
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.sources).map((source) => source.destroy()));
  }

  private pool(role: DatabaseRole): Pool {
    return (this.sources[role].driver as unknown as { master: Pool }).master;
  }
}

/** The statement under way rejects by itself. */
const ignoreEvent = (): void => undefined;

/** BEGIN, context and bounds in one round trip. */
function opening(client: PoolClient, context: RowContext, options: TxOptions): string {
  const words = [
    `BEGIN ISOLATION LEVEL ${options.isolation ?? 'READ COMMITTED'}${options.readOnly ? ' READ ONLY' : ''}`,
  ];
  words.push(`SELECT set_config('isthmus.actor', ${client.escapeLiteral(context.actor)}, true)`);
  const bound = (name: string, ms: number | undefined): void => {
    if (ms !== undefined) words.push(`SET LOCAL ${name} = ${Math.trunc(ms)}`);
  };
  bound('statement_timeout', options.statementTimeoutMs);
  bound('transaction_timeout', options.transactionTimeoutMs);
  bound('idle_in_transaction_session_timeout', options.idleTimeoutMs);
  return words.join(';');
}
