import { expect, it } from '@jest/globals';
import { pairwise } from './pairwise.js';

/** 'a1 a1 b2': person a in cluster 1 twice, person b in cluster 2. */
const of = (text: string) =>
  pairwise(text.split(' ').map(([person, cluster]) => ({ person: person!, cluster: cluster! })));

it('is perfect where clusters are people', () => {
  expect(of('a1 a1 a1 b2 b2 c3')).toEqual({
    truePairs: 4,
    foundPairs: 4,
    rightPairs: 4,
    precision: 1,
    recall: 1,
    f1: 1,
  });
});

it('counts a missed record against recall', () => {
  expect(of('a1 a1 a2')).toMatchObject({
    truePairs: 3,
    foundPairs: 1,
    rightPairs: 1,
    precision: 1,
    recall: 1 / 3,
    f1: 0.5,
  });
});

it('counts a wrong merge against precision', () => {
  expect(of('a1 a1 b1')).toMatchObject({
    truePairs: 1,
    foundPairs: 3,
    rightPairs: 1,
    precision: 1 / 3,
    recall: 1,
    f1: 0.5,
  });
});

it('counts two people swapped against both', () => {
  expect(of('a1 b1 a2 b2')).toMatchObject({
    truePairs: 2,
    foundPairs: 2,
    rightPairs: 0,
    precision: 0,
    recall: 0,
    f1: 0,
  });
});

it('weighs by pairs: one cluster of four halves is half right', () => {
  // 2 × 2: 6 found pairs, 2 right; 2 true pairs.
  expect(of('a1 a1 b1 b1')).toMatchObject({ truePairs: 2, foundPairs: 6, rightPairs: 2, precision: 1 / 3, recall: 1 });
});

it('has nothing to blame where there is nothing to find', () => {
  expect(of('a1 b2')).toEqual({ truePairs: 0, foundPairs: 0, rightPairs: 0, precision: 1, recall: 1, f1: 1 });
});
