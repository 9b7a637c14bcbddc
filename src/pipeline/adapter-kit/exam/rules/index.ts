import type { Rule } from '../rule.js';
import { a01 } from './a01-spec.js';
import { a02 } from './a02-check.js';
import { a03 } from './a03-auth-failure.js';
import { b01 } from './b01-discover.js';
import { b02 } from './b02-unknown-column.js';
import { c01 } from './c01-paging.js';
import { c02 } from './c02-resume.js';
import { c03 } from './c03-duplicate.js';
import { c04 } from './c04-deletion.js';
import { c05 } from './c05-bad-record.js';
import { c06 } from './c06-encoding.js';
import { d01 } from './d01-levels.js';
import { d02 } from './d02-unknown-code.js';
import { d03 } from './d03-fixtures.js';
import { e01 } from './e01-answers.js';
import { e02 } from './e02-status.js';
import { e03 } from './e03-deadline.js';

/** The exam, in an order in which every rule comes after those it needs. A retired id is never used again. */
export const RULES: readonly Rule[] = [
  a01,
  a02,
  a03,
  b01,
  c01,
  b02,
  c02,
  c03,
  c04,
  c05,
  c06,
  d01,
  d02,
  d03,
  e01,
  e02,
  e03,
];
