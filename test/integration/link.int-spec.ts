import { it } from '@jest/globals';
import { link } from '../prove/link.js';
import { tenthOf } from './passes.js';

it('links on a whole town are precise and find what can be found', () => tenthOf(link), 300_000);
