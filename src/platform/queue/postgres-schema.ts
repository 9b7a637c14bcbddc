import { randomUUID } from 'node:crypto';
import { runMigrations } from 'bullmq';
import type { Pool, PoolClient } from 'pg';

/** The schema belongs to the queue's own database role, and nothing else lives in it. */
export const QUEUE_SCHEMA = 'queue';
const LOCK = 0x15741006;

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
  #healing: Promise<void> | undefined;

  constructor(private readonly pool: Pool) {}

  /** Makes what is missing; runs once at start. */
  async prepare(): Promise<void> {
    await this.#locked(async (client) => {
      await runMigrations(client, QUEUE_SCHEMA);
      this.#generation = (await readGeneration(client)) ?? (await writeGeneration(client));
    });
  }

  /** Makes the schema anew unless another process just did. Calls at the same time share one attempt. */
  heal(): Promise<void> {
    this.#healing ??= this.#locked(async (client) => {
      const found = await readGeneration(client);
      if (found !== null && found !== this.#generation) {
        this.#generation = found;
        return;
      }
      await client.query(`DROP SCHEMA IF EXISTS ${QUEUE_SCHEMA} CASCADE`);
      await runMigrations(client, QUEUE_SCHEMA);
      this.#generation = await writeGeneration(client);
    }).finally(() => {
      this.#healing = undefined;
    });
    return this.#healing;
  }

  async #locked(work: (client: PoolClient) => Promise<void>): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
      await work(client);
      await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
      client.release();
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
