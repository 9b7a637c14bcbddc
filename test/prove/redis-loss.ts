import { Redis } from 'ioredis';
import { testRedis } from '../kit/redis.js';
import type { TestProgram } from '../kit/program.js';
import type { Proof, SuiteOptions } from './proof.js';
import { proveLoss, SLOW_SYNC } from './queue-loss.js';
import { withProgram } from './with-program.js';

/** Redis is flushed in the middle of a sync: the reconciler brings the work back. Needs a redis-server. */
export async function redisLoss(options: SuiteOptions): Promise<Proof[]> {
  const redis = await testRedis();
  try {
    const settings = { ...SLOW_SYNC, REDIS_URL: redis.url };
    return await withProgram(options, { early: true, settings }, (program) =>
      proveRedisLoss(program, redis.url, options),
    );
  } finally {
    await redis.close();
  }
}

async function proveRedisLoss(program: TestProgram, url: string, options: SuiteOptions): Promise<Proof[]> {
  const client = new Redis(url);
  try {
    const proofs = await proveLoss(program, options, {
      suite: 'redis-loss',
      deed: 'FLUSHALL',
      lose: async () => {
        if (Number(await client.dbsize()) === 0) throw new Error('the queue is not on this Redis');
        await client.flushall();
      },
    });
    return proofs.all;
  } finally {
    client.disconnect();
  }
}
