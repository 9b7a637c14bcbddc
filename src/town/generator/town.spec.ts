import { describe, expect, it } from '@jest/globals';
import { townDigest } from './digest.js';
import { isValidId } from './id-number.js';
import { householdRows, residentRows } from './police-view.js';
import { drawSkeleton, MEAN_HOUSEHOLD } from './skeleton.js';
import { Town } from './town.js';
import { truthOf, type TruthPerson } from './truth.js';

describe('a town', () => {
  it('is the same for the same seed and size, on every machine', () => {
    const digest = townDigest(new Town({ seed: 1, people: 500 }));
    expect(townDigest(new Town({ seed: 1, people: 500 }))).toBe(digest);
    // Pinned: another value means that another town is drawn, and then EDITION (home.ts) must be raised.
    expect(digest).toBe('70bdfc4d7bb066d1a29861465827ef941e714b801f062f9c761adfdb305eb43c');
  });

  it('is another one for another seed or size', () => {
    const digests = [
      { seed: 1, people: 300 },
      { seed: 2, people: 300 },
      { seed: 1, people: 301 },
    ].map((options) => townDigest(new Town(options)));
    expect(new Set(digests).size).toBe(3);
  });

  it.each([1, 2, 3, 1000, 3001])('has exactly %i people', (people) => {
    const town = new Town({ seed: 5, people });
    let count = 0;
    for (const household of town.allHouseholds()) {
      for (const person of household.members) if (person.index === count) count += 1;
    }
    expect(count).toBe(people);
  });

  it('answers for one person without making the others', () => {
    const inOrder = [...new Town({ seed: 9, people: 800 }).allHouseholds()].flatMap((household) => household.members);
    const town = new Town({ seed: 9, people: 800 });
    for (const index of [799, 0, 400, 401, 17]) expect(town.person(index)).toEqual(inOrder[index]);
  });

  it('has the mean household that the rate of twins counts on', () => {
    let people = 0;
    for (let index = 0; index < 20_000; index++) people += drawSkeleton(1, index).members.length;
    expect(people / 20_000).toBeCloseTo(MEAN_HOUSEHOLD, 1);
  });
});

describe('births', () => {
  it('never heap on one day so much that the sequence numbers of a million people would not do', () => {
    const births = new Map<string, number>();
    for (let index = 0; index < 40_000; index++) {
      for (const { birth, sex } of drawSkeleton(1, index).members) {
        births.set(`${birth}${sex}`, (births.get(`${birth}${sex}`) ?? 0) + 1);
      }
    }
    expect(Math.max(...births.values())).toBeLessThan(20);
  });
});

describe('who is who', () => {
  const town = new Town({ seed: 1, people: 3000 });
  const all = [...truthOf(town)];
  const people = all.filter((person): person is TruthPerson & { person: number } => typeof person.person === 'number');
  const share = (of: typeof people, holds: (person: TruthPerson) => boolean): number =>
    of.filter(holds).length / of.length;
  const has = (source: string, marriage?: boolean) => (person: TruthPerson) =>
    person.records.some((r) => r.source === source && (marriage === undefined || r.key.includes('#') === marriage));
  const bornBefore = (year: number): typeof people =>
    people.filter((person) => Number(person.birthDate.slice(0, 4)) < year);

  it('lists everybody, each key once', () => {
    expect(people).toHaveLength(3000);
    const keys = all.flatMap((person) => person.records.map((record) => `${record.source}/${record.key}`));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('gives everybody a valid number in the county, and one number to two people', () => {
    expect(all.filter((person) => !isValidId(person.idNumber) || !person.idNumber.startsWith('990101'))).toEqual([]);
    expect(all.length - new Set(all.map((person) => person.idNumber)).size).toBe(1);
    const pair = all.filter((person) => person.duplicateNumber);
    expect(pair).toHaveLength(2);
    expect(pair[0]!.idNumber).toBe(pair[1]!.idNumber);
    expect(pair[0]!.name).not.toBe(pair[1]!.name);
    expect(pair[0]!.household).not.toBe(pair[1]!.household);
  });

  it('knows each system about as many people as in life', () => {
    expect(share(people, has('police'))).toBe(1);
    expect(share(bornBefore(2008), has('property'))).toBeCloseTo(0.7, 1);
    expect(share(bornBefore(2010), has('telecom'))).toBeCloseTo(0.85, 1);
    expect(share(people, has('civil', false))).toBeCloseTo(0.06, 1);
    expect(people.filter((person) => new Set(person.records.map((r) => r.source)).size === 4).length).toBeGreaterThan(
      100,
    );
  });

  it('keeps twins apart by their names in every system', () => {
    const twins = people.filter((person) => person.twin);
    expect(twins.length).toBeGreaterThan(4);
    for (const twin of twins) {
      expect(twin.records.every((record) => record.name === 'same')).toBe(true);
      const other = twins.filter((p) => p.household === twin.household && p.person !== twin.person);
      expect(other).toHaveLength(1);
      expect(other[0]!.birthDate).toBe(twin.birthDate);
      expect(other[0]!.name).not.toBe(twin.name);
    }
  });

  it('has about a tenth more police rows than people, reversals in pairs', () => {
    const rows = [...residentRows(town)];
    expect(rows.length / 3000).toBeGreaterThan(1.07);
    expect(rows.length / 3000).toBeLessThan(1.14);
    const marks = (mark: string): string[] =>
      [...new Set(rows.filter((row) => row.cxbz === mark).map((row) => row.ryid))].sort();
    expect(marks('1').length).toBeGreaterThan(20);
    expect(marks('1')).toEqual(marks('2'));
    const current = rows.filter((row) => row.jlbz === '1' && row.cxbz === '0');
    expect(new Set(current.map((row) => row.ryid)).size).toBe(3000);
    const households = new Set([...householdRows(town)].map((row) => row.hhnbid));
    expect(rows.filter((row) => !households.has(row.hhnbid))).toEqual([]);
  });
});
