import { it } from '@jest/globals';
import { months } from '../prove/months.js';
import { tenthOf } from './passes.js';

it('months pass in the town, and after each the store holds what the town has', () => tenthOf(months), 300_000);
