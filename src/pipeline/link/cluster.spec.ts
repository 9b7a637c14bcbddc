import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nodeName } from './facts.js';
import { arbitraryPeople } from './testing/arbitrary-people.js';
import { linkAll, type Person } from './testing/link-all.js';

const SEED = 20261101;
let next = 0;
const someone = (source: string, says: Partial<Person> = {}): Person => ({
  ...{ source, personKey: String(++next) },
  ...{ names: ['王小明'], aliases: [], births: [], sexes: [], ids: [], phones: [], dwellings: [] },
  ...says,
});
const sizes = (people: Person[]): number[] =>
  linkAll(people)
    .clusters.map((c) => c.length)
    .sort();
const together = (...people: Person[]): boolean => sizes(people).length === 1;

describe('rule 1: full number and agreeing name', () => {
  it('links two sources', () => {
    expect(together(someone('police', { ids: ['a'] }), someone('telecom', { ids: ['a'] }))).toBe(true);
  });

  it('links two records of one source, and only this rule does', () => {
    expect(together(someone('telecom', { ids: ['a'] }), someone('telecom', { ids: ['a'] }))).toBe(true);
    const home = { names: ['王小明'], births: ['1980-01-01'], phones: ['1'], dwellings: ['d'] };
    expect(together(someone('telecom', home), someone('telecom', home))).toBe(false);
  });

  it('sends one number with two names to review and merges nothing', () => {
    const people = [someone('police', { ids: ['a'] }), someone('telecom', { ids: ['a'], names: ['李四'] })];
    expect(sizes(people)).toEqual([1, 1]);
    expect(linkAll(people).reviews).toEqual([`same-number-other-name: ${people.map(nodeName).sort().join(', ')}`]);
  });

  it('never lets a record without a whole name agree', () => {
    const people = [someone('police', { ids: ['a'] }), someone('telecom', { ids: ['a'], names: [] })];
    expect(sizes(people)).toEqual([1, 1]);
    expect(linkAll(people).reviews).toEqual([]);
  });

  it('takes a declared former name for the name', () => {
    const police = someone('police', { ids: ['a'], names: ['王新'], aliases: ['王旧'] });
    expect(
      together(
        police,
        someone('telecom', { ids: ['a'], names: ['王旧'] }),
        someone('civil', { ids: ['a'], names: ['王新'] }),
      ),
    ).toBe(true);
  });

  it('does not let a record that goes by two names bridge two people with one number', () => {
    const [one, other] = [
      someone('police', { ids: ['a'], names: ['王伟'] }),
      someone('police', { ids: ['a'], names: ['李四'] }),
    ];
    const both = someone('civil', { ids: ['a'], names: ['李四', '王伟'] });
    expect(sizes([one, other, both])).toEqual([1, 1, 1]);
    expect(together(one, both)).toBe(true);
    expect(together(both, someone('telecom', { ids: ['a'], names: ['李四', '王伟'] }))).toBe(true);
  });

  it('does not use a record that carries two numbers', () => {
    const both = someone('civil', { ids: ['a', 'b'] });
    const people = [someone('police', { ids: ['a'] }), both, someone('telecom', { ids: ['b'] })];
    expect(sizes(people)).toEqual([1, 1, 1]);
    expect(linkAll(people).reviews).toContain(`one-record-two-numbers: ${nodeName(both)}`);
  });
});

describe('rule 2: name, birth and phone', () => {
  const says = { births: ['1980-01-01'], phones: ['154'] };

  it('links without a number', () => {
    const police = someone('police', { ...says, ids: ['a'] });
    const people = [police, someone('telecom', says)];
    expect(together(...people)).toBe(true);
    expect(linkAll(people).rules.get(nodeName(police))).toBe('name-birth-phone');
  });

  it('keeps twins apart: same birth, phone and home, other name', () => {
    const twin = { ...says, dwellings: ['d'] };
    const people = ['police', 'telecom'].flatMap((source) => [
      someone(source, { ...twin, names: ['王大宝'] }),
      someone(source, { ...twin, names: ['王小宝'] }),
    ]);
    expect(sizes(people)).toEqual([2, 2]);
  });

  it('keeps people with a shared phone apart', () => {
    const father = someone('police', { births: ['1950-01-01'], phones: ['154'] });
    const son = someone('telecom', { births: ['1980-01-01'], phones: ['154'] });
    expect(together(father, son)).toBe(false);
  });

  it('needs the full date', () => {
    expect(
      together(someone('police', { ...says, births: ['1980'] }), someone('civil', { ...says, births: ['1980'] })),
    ).toBe(false);
  });

  it('is blocked by two valid numbers, which go to review', () => {
    const people = [someone('police', { ...says, ids: ['a'] }), someone('telecom', { ...says, ids: ['b'] })];
    expect(sizes(people)).toEqual([1, 1]);
    expect(linkAll(people).reviews[0]).toMatch(/^two-numbers/);
  });
});

describe('rule 3: name and dwelling', () => {
  const home = { dwellings: ['990101|阳光|3|2|501'] };

  it('links when nothing contradicts', () => {
    expect(together(someone('police', { ...home, births: ['1980-01-01'] }), someone('property', home))).toBe(true);
    expect(
      together(
        someone('police', { ...home, births: ['1980-01-01'] }),
        someone('property', { ...home, births: ['1980'] }),
      ),
    ).toBe(true);
  });

  it.each([
    ['birth', { births: ['1980-01-01'] }, { births: ['1981-01-01'] }],
    ['sex', { sexes: ['1'] }, { sexes: ['2'] }],
    ['number', { ids: ['a'] }, { ids: ['b'] }],
  ])('is blocked by another %s', (_field, one, other) => {
    expect(together(someone('police', { ...home, ...one }), someone('property', { ...home, ...other }))).toBe(false);
  });

  it('proves nothing where a record fits two people', () => {
    const people = [
      someone('police', { ...home, births: ['1950-01-01'] }),
      someone('civil', { ...home, births: ['1980-01-01'] }),
      someone('property', home),
    ];
    expect(sizes(people)).toEqual([1, 1, 1]);
    expect(linkAll(people).reviews).toHaveLength(2);
  });
});

it('takes a key shared by more than twenty records for no evidence', () => {
  const crowd = (n: number): Person[] =>
    Array.from({ length: n }, (_, i) => someone(`s${i}`, { births: ['1980-01-01'], phones: ['1'] }));
  expect(sizes(crowd(20))).toEqual([20]);
  expect(sizes(crowd(21))).toHaveLength(21);
});

describe('whatever the data', () => {
  it('does not depend on the order of anything', () => {
    fc.assert(
      fc.property(
        arbitraryPeople().chain((people) =>
          fc.tuple(fc.constant(people), fc.shuffledSubarray(people, { minLength: people.length })),
        ),
        ([people, shuffled]) => {
          expect(linkAll(shuffled)).toEqual(linkAll(people));
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('never puts two numbers, births or sexes into one cluster by rules 2 and 3', () => {
    fc.assert(
      fc.property(arbitraryPeople(), (people) => {
        const by = new Map(people.map((person) => [nodeName(person), person]));
        for (const members of linkAll(people).clusters.map((names) => names.map((name) => by.get(name)!))) {
          expect(new Set(members.flatMap((person) => person.ids)).size).toBeLessThanOrEqual(1);
          for (const a of members)
            for (const b of members)
              if (a !== b && a.source === b.source) {
                expect(a.ids).toEqual(b.ids);
                expect(a.ids).toHaveLength(1);
              }
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('puts every node into exactly one cluster', () => {
    fc.assert(
      fc.property(arbitraryPeople(), (people) => {
        expect(linkAll(people).clusters.flat().sort()).toEqual(people.map(nodeName).sort());
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});
