import { it } from '@jest/globals';
import { takeover } from '../prove/takeover.js';
import { tenthOf } from './passes.js';

it(
  'a worker frozen past its lease is replaced in time, and what it does when it wakes is refused',
  () => tenthOf(takeover),
  300_000,
);
