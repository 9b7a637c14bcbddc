import { it } from '@jest/globals';
import { redisInstalled } from '../kit/redis.js';
import { redisLoss } from '../prove/redis-loss.js';
import { tenthOf } from './passes.js';

(redisInstalled() ? it : it.skip)(
  'loses nothing when Redis is flushed in the middle of the first sync',
  () => tenthOf(redisLoss),
  300_000,
);
