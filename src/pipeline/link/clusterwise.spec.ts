import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clusterwise } from './clusterwise.js';
import { pairwise } from './pairwise.js';

/** 'a1 a1 b2': person a in cluster 1 twice, person b in cluster 2. */
const placed = (text: string) =>
  text
    .split(' ')
    .filter(Boolean)
    .map(([person, cluster]) => ({ person: person!, cluster: cluster! }));
const of = (text: string) => clusterwise(placed(text));
const close = (value: number): unknown => expect.closeTo(value, 12);

it('is perfect where clusters are people', () => {
  expect(of('a1 a1 a1 b2 b2 c3')).toEqual({
    exact: { people: 3, clusters: 3, right: 3, precision: 1, recall: 1, f1: 1 },
    bCubed: { precision: 1, recall: 1, f1: 1 },
  });
  expect(of('').bCubed).toEqual({ precision: 1, recall: 1, f1: 1 });
});

it('counts a person in two parts against recall, and no part of him is right', () => {
  // a: records with 2, 2 and 1 of 3 beside them; b is whole.
  expect(of('a1 a1 a2 b3')).toEqual({
    exact: { people: 2, clusters: 3, right: 1, precision: close(1 / 3), recall: 0.5, f1: close(0.4) },
    bCubed: { precision: 1, recall: close((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4), f1: close((2 * (2 / 3)) / (1 + 2 / 3)) },
  });
});

it('counts a wrong merge against precision', () => {
  // Cluster 1 of three: two records with 2 of 3, one with 1 of 3.
  expect(of('a1 a1 b1')).toEqual({
    exact: { people: 2, clusters: 1, right: 0, precision: 0, recall: 0, f1: 0 },
    bCubed: { precision: close(5 / 9), recall: 1, f1: close((2 * (5 / 9)) / (1 + 5 / 9)) },
  });
});

it('counts two people swapped against both', () => {
  expect(of('a1 b1 a2 b2')).toEqual({
    exact: { people: 2, clusters: 2, right: 0, precision: 0, recall: 0, f1: 0 },
    bCubed: { precision: 0.5, recall: 0.5, f1: 0.5 },
  });
});

it('gives the published example: 5, 2 and 5 records in clusters of 5, 2 and 5', () => {
  // Bagga and Baldwin's second response: one cluster right, two of five wrongly merged into one of ten.
  expect(of('a1 a1 a1 a1 a1 b2 b2 c1 c1 c1 c1 c1').bCubed).toMatchObject({ precision: close(7 / 12), recall: 1 });
  // Their first response: the pair merged with one of the fives.
  expect(of('a1 a1 a1 a1 a1 b2 b2 c2 c2 c2 c2 c2').bCubed).toMatchObject({
    precision: close((5 + 2 * (2 / 7) + 5 * (5 / 7)) / 12),
    recall: 1,
  });
});

it('agrees with counting record by record, and with pairs about perfection', () => {
  const clustering = fc.array(
    fc.record({ person: fc.constantFrom('a', 'b', 'c', 'd'), cluster: fc.constantFrom('1', '2', '3', '4') }),
    { minLength: 1, maxLength: 30 },
  );
  fc.assert(
    fc.property(clustering, (records) => {
      const beside = (one: (typeof records)[number], by: 'person' | 'cluster'): number => {
        const all = records.filter((other) => other[by] === one[by]);
        return all.filter((other) => other.person === one.person && other.cluster === one.cluster).length / all.length;
      };
      const mean = (by: 'person' | 'cluster'): number =>
        records.reduce((sum, one) => sum + beside(one, by), 0) / records.length;
      const found = clusterwise(records);
      expect(found.bCubed.precision).toBeCloseTo(mean('cluster'), 12);
      expect(found.bCubed.recall).toBeCloseTo(mean('person'), 12);
      expect(found.exact.f1 === 1).toBe(pairwise(records).f1 === 1);
    }),
    { seed: 20261124, numRuns: 200 },
  );
});
