import { it } from '@jest/globals';
import { crash } from '../prove/crash.js';
import { tenthOf } from './passes.js';

it(
  'kill -9 of the worker and its database, and after each step of a page: nothing tells that it happened',
  () => tenthOf(crash),
  300_000,
);
