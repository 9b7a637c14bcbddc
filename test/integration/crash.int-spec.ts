import { it } from '@jest/globals';
import { crash } from '../prove/crash.js';
import { crashPoints } from '../prove/crash-points.js';
import { crashStatements } from '../prove/crash-statements.js';
import { tenthOf } from './passes.js';

it(
  'kill -9 of the worker and its database at random moments: nothing tells that it happened',
  () => tenthOf(crash),
  300_000,
);

it('killed after each step of a page: nothing tells that it happened', () => tenthOf(crashPoints), 300_000);

it('killed between two statements of a page: nothing tells that it happened', () => tenthOf(crashStatements), 300_000);
