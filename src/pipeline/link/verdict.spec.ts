import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nodeName } from './facts.js';
import { arbitraryPeople } from './testing/arbitrary-people.js';
import { linkAll, type Person, type Said } from './testing/link-all.js';
import { VERDICTS, type Verdict } from './verdict.js';

const SEED = 20261124;
let next = 0;
const someone = (source: string, says: Partial<Person> = {}): Person => ({
  ...{ source, personKey: String(++next) },
  ...{ names: ['王小明'], aliases: [], births: [], sexes: [], ids: [], phones: [], dwellings: [] },
  ...says,
});
const said = (one: Person, verdict: Verdict, other: Person, evidence: string | null = null): Said => ({
  ...{ a: nodeName(one), b: nodeName(other) },
  ...{ verdict, evidence },
});
const sizes = (people: Person[], list: Said[]): number[] =>
  linkAll(people, list)
    .clusters.map((cluster) => cluster.length)
    .sort();
const reviews = (people: Person[], list: Said[]): string[] =>
  linkAll(people, list).reviews.map((review) => review.split(':')[0]!);

describe('a verdict', () => {
  const [police, telecom] = [someone('police', { ids: ['a'] }), someone('telecom', { ids: ['a'] })];
  const [other, twin] = [someone('civil', { ids: ['a'], names: ['李四'] }), someone('telecom', { ids: ['b'] })];

  it('parts what a rule would link, and asks no more', () => {
    expect(sizes([police, telecom], [])).toEqual([2]);
    expect(sizes([police, telecom], [said(police, 'DIFFERENT', telecom)])).toEqual([1, 1]);
    expect(reviews([police, telecom], [said(police, 'DIFFERENT', telecom)])).toEqual([]);
  });

  it('joins what contradicts, and says that a person did', () => {
    const list = [said(police, 'SAME', twin)];
    expect(sizes([police, twin], list)).toEqual([2]);
    expect(linkAll([police, twin], list).rules.get(nodeName(twin))).toBe('verdict');
  });

  it('keeps a doubt from being raised again, also one that nobody can decide', () => {
    expect(reviews([police, other], [])).toEqual(['same-number-other-name']);
    for (const verdict of VERDICTS) expect(reviews([police, other], [said(police, verdict, other)])).toEqual([]);
    expect(sizes([police, other], [said(police, 'UNCLEAR', other)])).toEqual([1, 1]);
  });

  it('holds, and the doubt returns, once what was compared is another', () => {
    const list = [said(police, 'DIFFERENT', other, 'what was known then')];
    expect(sizes([police, other], list)).toEqual([1, 1]);
    expect(reviews([police, other], list)).toEqual(['same-number-other-name']);
    const undone = [said(police, 'DIFFERENT', telecom, 'what was known then')];
    expect(reviews([police, telecom], undone)).toEqual(['decided-apart']);
  });

  it('speaks for all records of the two people', () => {
    expect(reviews([police, telecom, other], [said(police, 'DIFFERENT', other)])).toEqual([]);
    expect(sizes([police, telecom, other], [said(police, 'DIFFERENT', other)])).toEqual([1, 2]);
  });

  it('lets nobody through who fits both of two people', () => {
    const third = someone('property', { ids: ['a'] });
    const people = [police, telecom, third];
    const list = [said(police, 'DIFFERENT', telecom)];
    expect(sizes(people, list)).toEqual([1, 1, 1]);
    expect(linkAll(people, list).reviews).toEqual([`decided-apart: ${people.map(nodeName).sort().join(', ')}`]);
    expect(sizes(people, [...list, said(third, 'DIFFERENT', telecom)])).toEqual([1, 2]);
  });

  it('keeps two people two where verdicts contradict each other, and asks', () => {
    const between = someone('property');
    const list = [said(police, 'SAME', between), said(between, 'SAME', twin), said(police, 'DIFFERENT', twin)];
    expect(sizes([police, between, twin], list)).toEqual([1, 1, 1]);
    expect(reviews([police, between, twin], list)).toEqual(['decided-apart']);
  });

  it('settles a doubt within one record', () => {
    const both = someone('civil', { ids: ['a', 'b'] });
    expect(reviews([both], [])).toEqual(['one-record-two-numbers']);
    expect(reviews([both], [said(both, 'SAME', both)])).toEqual([]);
    expect(reviews([both], [said(both, 'UNCLEAR', both, 'other numbers')])).toEqual(['one-record-two-numbers']);
  });
});

describe('whatever the data and the verdicts', () => {
  const world = arbitraryPeople().chain((people) => {
    const pair = fc.tuple(fc.nat({ max: 23 }), fc.nat({ max: 23 }), fc.constantFrom(...VERDICTS), fc.boolean());
    const list = fc.array(pair, { maxLength: 12 }).map((pairs) => {
      const last = new Map<string, Said>();
      for (const [x, y, verdict, settled] of pairs) {
        const [one, other] = [people[x], people[y]];
        if (!one || !other || (one === other && verdict === 'DIFFERENT')) continue;
        const [a, b] = [nodeName(one), nodeName(other)].sort() as [string, string];
        last.set(`${a}/${b}`, { a, b, verdict, evidence: settled ? null : '' });
      }
      return [...last.values()];
    });
    return fc.tuple(fc.constant(people), list, fc.shuffledSubarray(people, { minLength: people.length }), fc.nat());
  });
  const clusterOf = (people: Person[], list: Said[]): Map<string, number> =>
    new Map(linkAll(people, list).clusters.flatMap((cluster, at) => cluster.map((name) => [name, at] as const)));

  it('the order of people and of verdicts plays no part', () => {
    fc.assert(
      fc.property(world, ([people, list, shuffled, turn]) => {
        const rolled = [...list.slice(turn % (list.length + 1)), ...list.slice(0, turn % (list.length + 1))].reverse();
        const swapped = rolled.map((one) => ({ ...one, a: one.b, b: one.a }));
        expect(linkAll(shuffled, swapped)).toEqual(linkAll(people, list));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('nobody is joined with whom he was parted from', () => {
    fc.assert(
      fc.property(world, ([people, list]) => {
        const cluster = clusterOf(people, list);
        for (const { a, b, verdict } of list)
          if (verdict === 'DIFFERENT') expect(cluster.get(a)).not.toBe(cluster.get(b));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('who was said to be one is one, unless somebody said otherwise', () => {
    fc.assert(
      fc.property(world, ([people, list]) => {
        const same = list.filter(({ verdict }) => verdict !== 'DIFFERENT');
        const cluster = clusterOf(people, same);
        for (const { a, b, verdict } of same) if (verdict === 'SAME') expect(cluster.get(a)).toBe(cluster.get(b));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('what cannot be told changes no cluster', () => {
    fc.assert(
      fc.property(world, ([people, list]) => {
        const unclear = list.map((one) => ({ ...one, verdict: 'UNCLEAR' as const }));
        expect(linkAll(people, unclear).clusters).toEqual(linkAll(people).clusters);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
