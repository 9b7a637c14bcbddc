import { randomUUID } from 'node:crypto';
import { runMigrations } from 'bullmq';
import type { Pool, PoolClient } from 'pg';

/** The schema belongs to the queue's own database role, and nothing else lives in it. */
export const QUEUE_SCHEMA = 'queue';
const LOCK = 0x15741006;
/** Errors of statements that were under way when the schema was remade still arrive for a while after it. */
const ECHO_MS = 3_000;

/** undefined_table, undefined_function, invalid_schema_name, undefined_object, undefined_column. */
const LOST = new Set(['42P01', '42883', '3F000', '42704', '42703']);

/** Whether an error says that the queue's tables or functions are gone. */
export const isSchemaLost = (error: unknown): boolean => LOST.has(String((error as { code?: unknown })?.code));

/**
 * Keeps the queue's schema in being. Jobs are only wake-ups, so a damaged schema is not repaired but made anew: one
 * process does it under a lock, and the others see by its generation (a comment on the schema) that it was done.
 */
export class QueueSchema {
  #generation: string | null = null;
  #healing: Promise<'stands' | 'remade'> | undefined;
  #healedAt = -Infinity;

  constructor(private readonly pool: Pool) {}

  /** Makes what is missing; runs once at start. */
  async prepare(): Promise<void> {
    await this.#locked(async (client) => {
      await runMigrations(client, QUEUE_SCHEMA);
      this.#generation = (await readGeneration(client)) ?? (await writeGeneration(client));
    });
  }

  /** Makes the schema anew unless that was done a moment ago, here or elsewhere. Calls at the same time share one. */
  heal(): Promise<'stands' | 'remade'> {
    if (this.#healing) return this.#healing.then(() => 'stands');
    if (performance.now() - this.#healedAt < ECHO_MS) return Promise.resolve('stands');
    this.#healing = this.#locked(async (client) => {
      const found = await readGeneration(client);
      if (found !== null && found !== this.#generation) {
        this.#generation = found;
        return 'stands';
      }
      await client.query(`DROP SCHEMA IF EXISTS ${QUEUE_SCHEMA} CASCADE`);
      await runMigrations(client, QUEUE_SCHEMA);
      this.#generation = await writeGeneration(client);
      return 'remade';
    }).finally(() => {
      this.#healedAt = performance.now();
      this.#healing = undefined;
    });
    return this.#healing;
  }

  async #locked<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
      const result = await work(client);
      await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
      client.release();
      return result;
    } catch (error) {
      client.release(error as Error); // ends the session, and the lock with it
      throw error;
    }
  }
}

async function readGeneration(client: PoolClient): Promise<string | null> {
  const { rows } = await client.query<{ generation: string | null }>(
    `SELECT obj_description(oid, 'pg_namespace') AS generation FROM pg_namespace WHERE nspname = $1`,
    [QUEUE_SCHEMA],
  );
  return rows[0]?.generation ?? null;
}

async function writeGeneration(client: PoolClient): Promise<string> {
  const generation = randomUUID();
  await client.query(`COMMENT ON SCHEMA ${QUEUE_SCHEMA} IS ${client.escapeLiteral(generation)}`);
  return generation;
}
