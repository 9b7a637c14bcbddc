import { describe, expect, it } from '@jest/globals';
import { encodeNumbers } from '../store/index.js';
import { covers, type Hold, type ShownHold } from './hold.js';

const shown: ShownHold = {
  code: 'C',
  adapterHash: 'a',
  lost: ['x', 'y'],
  bad: 9,
  doomed: encodeNumbers([1, 5, 900]),
};
const hold = (more: Partial<Hold> = {}): Hold => ({ code: 'C', origin: 'source', params: {}, ...more });

describe('an approval', () => {
  it.each<[string, Partial<Hold>, string, boolean]>([
    ['the very same', { lost: ['x', 'y'], bad: 9, doomed: [1, 5, 900] }, 'a', true],
    ['less of it', { lost: ['y'], bad: 8, doomed: [900] }, 'a', true],
    ['another trouble', { code: 'D' }, 'a', false],
    ['another adapter', {}, 'b', false],
    ['one more column', { lost: ['x', 'z'] }, 'a', false],
    ['one more bad record', { bad: 10 }, 'a', false],
    ['as many rows, but others', { doomed: [1, 5, 901] }, 'a', false],
    ['one more row', { doomed: [1, 5, 900, 901] }, 'a', false],
  ])('of %s', (_what, more, adapter, covered) => {
    expect(covers(shown, hold(more), adapter)).toBe(covered);
  });
});
