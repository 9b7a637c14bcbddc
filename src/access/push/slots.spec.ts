import { expect, it } from '@jest/globals';
import { Slots } from './slots.js';

it('one address that fills its places leaves the others theirs, and gives all of them back', () => {
  const slots = new Slots();
  const from = (address: string) =>
    slots.take([
      ['all', 5],
      [address, 2],
    ]);
  const held = [from('a'), from('a')];
  expect(from('a')).toBeNull();
  const others = [from('b'), from('b'), from('c')];
  expect([...held, ...others].every((release) => release !== null)).toBe(true);
  expect(from('d')).toBeNull();
  held[0]!();
  expect(from('d')).not.toBeNull();
  expect(from('a')).toBeNull();
});
