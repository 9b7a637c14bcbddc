import { it } from '@jest/globals';
import { queueLoss } from '../prove/queue-loss.js';
import { tenthOf } from './passes.js';

it('the queue’s tables dropped in the middle of a sync: the work comes back', () => tenthOf(queueLoss), 300_000);
