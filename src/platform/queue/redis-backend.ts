import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { WORKER_TIMES, type Backend, type BackendQueue, type BackendWorker } from './backend.js';
import { unreachableError } from './queue.errors.js';

const PREFIX = 'isthmus';

/**
 * Jobs in Redis, for deployments with many worker processes.
 *
 * @throws RetriableError QUEUE_UNREACHABLE.
 */
export async function openRedisBackend(url: string): Promise<Backend> {
  // BullMQ's blocking calls must be able to wait for ever, so ioredis may not give up on them.
  const connection = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  connection.on('error', () => undefined);
  try {
    await connection.connect();
  } catch (cause) {
    connection.disconnect();
    throw unreachableError('redis', cause);
  }
  return {
    name: 'redis',
    queue: (name) => new Queue(name, { connection, prefix: PREFIX }) as unknown as BackendQueue,
    worker: (name, process, { concurrency, backoffStrategy }) =>
      new Worker(name, process, {
        ...WORKER_TIMES,
        connection,
        prefix: PREFIX,
        concurrency,
        settings: { backoffStrategy },
      }) as unknown as BackendWorker,
    // An emptied Redis needs no structure: the next call makes its keys anew.
    heal: async () => 'unrelated',
    close: async () => {
      await connection.quit().catch(() => connection.disconnect());
    },
  };
}
