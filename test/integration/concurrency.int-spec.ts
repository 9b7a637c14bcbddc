import { it } from '@jest/globals';
import { concurrency } from '../prove/concurrency.js';
import { tenthOf } from './passes.js';

it('four sources at once by four workers come to the serial run’s clusters', () => tenthOf(concurrency), 300_000);
