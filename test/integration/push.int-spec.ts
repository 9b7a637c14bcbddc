import { it } from '@jest/globals';
import { push } from '../prove/push.js';
import { tenthOf } from './passes.js';

it('a burst of pushed events loses and doubles none while its receiver is killed', () => tenthOf(push), 300_000);
