import {
  PostgresConnection,
  PostgresQueueBackend,
  withBackend,
  type BackendFactory,
  type PostgresConnectionOptions,
} from 'bullmq';
import pg from 'pg';
import { WORKER_TIMES, type Backend, type BackendQueue, type BackendWorker } from './backend.js';
import { JOB_NAMES } from './jobs.js';
import { isSchemaLost, QUEUE_SCHEMA, QueueSchema } from './postgres-schema.js';
import { unreachableError } from './queue.errors.js';

/** BullMQ looks for its tables in a schema of its own name when it is given a pool; ours has another. */
class QueueConnection extends PostgresConnection {
  override readonly schema = QUEUE_SCHEMA;
}

/** As BullMQ's own factory, on our connection: one pool for all queues and workers of the process. */
const factory: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (name, options, how = {}) =>
  new PostgresQueueBackend(
    new QueueConnection(options.connection as PostgresConnectionOptions),
    name,
    options as ConstructorParameters<typeof PostgresQueueBackend>[2],
    true,
    how.withBlockingConnection ? name : undefined,
  );

/**
 * Jobs in PostgreSQL.
 *
 * @param url of the queue's database role, which owns the schema `queue` and sees nothing else.
 * @throws RetriableError QUEUE_UNREACHABLE.
 */
export async function openPostgresBackend(url: string): Promise<Backend> {
  const pool = new pg.Pool({
    connectionString: url,
    // A listening connection per worker, and a few for work.
    max: JOB_NAMES.length + 5,
    options: `-c search_path=${QUEUE_SCHEMA}`,
    application_name: 'isthmus-queue',
    keepAlive: true,
  });
  // Each queue and worker adds a listener of its own; a dropped idle connection is replaced, not an event.
  pool.setMaxListeners(4 * JOB_NAMES.length + 10);
  pool.on('error', () => undefined);
  const schema = new QueueSchema(pool);
  try {
    await schema.prepare();
  } catch (cause) {
    await pool.end();
    throw unreachableError('postgresql', cause);
  }
  const { Queue, Worker } = withBackend(factory);
  const connection = pool as unknown as PostgresConnectionOptions;
  return {
    name: 'postgresql',
    queue: (name) => new Queue(name, { connection }) as unknown as BackendQueue,
    worker: (name, process, { concurrency, backoffStrategy }) =>
      new Worker(name, process, {
        ...WORKER_TIMES,
        connection,
        concurrency,
        settings: { backoffStrategy },
      }) as unknown as BackendWorker,
    heal: async (error) => (isSchemaLost(error) ? schema.heal() : 'unrelated'),
    close: () => pool.end(),
  };
}
