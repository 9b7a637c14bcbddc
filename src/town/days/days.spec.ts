import { describe, expect, it } from '@jest/globals';
import { isValidId } from '../generator/id-number.js';
import { Town } from '../generator/town.js';
import { compareDays, eventCounts } from './compare.js';
import { liveDays } from './fold.js';
import { KINDS } from './kinds.js';
import { residentFile } from './police-rows.js';
import { Remaining } from './removed.js';
import { truthOn } from './truth.js';

const town = new Town({ seed: 3, people: 400 });
const plain = (value: object): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    one instanceof Map ? [...one] : one instanceof Set ? [...one] : one instanceof Town ? null : one,
  );

describe('days that pass in town', () => {
  it('are the same for the same seed, size and number, wherever the town was stopped on the way', () => {
    const other = new Town({ seed: 3, people: 400 });
    expect(plain(liveDays(other, 90))).toBe(plain(liveDays(town, 90)));
    expect(plain(liveDays(new Town({ seed: 4, people: 400 }), 90))).not.toBe(plain(liveDays(town, 90)));
  });

  it('bring every kind of event in two months, also to a small town', () => {
    const counts = eventCounts(liveDays(town, 120), 0);
    expect(Object.keys(counts).sort()).toEqual(
      [...Object.keys(KINDS), 'reversal', 'reappearance', 'divisionCode'].sort(),
    );
  });

  it('balance: what was live, plus what came, minus what went, is live', () => {
    let before = liveDays(town, 0);
    let live = compareDays(town, before, before);
    for (let day = 30; day <= 360; day += 30) {
      const after = liveDays(town, day);
      const counts = compareDays(town, before, after);
      for (const [source, streams] of Object.entries(counts)) {
        for (const [stream, now] of Object.entries(streams)) {
          const was = live[source]![stream]!.live;
          expect(was + now.created + now.reappeared - now.softDeleted - now.vanished).toBe(now.live);
        }
      }
      [before, live] = [after, counts];
    }
  });

  it('leave each person of the police one current row, and a reversed one none that holds', () => {
    const rows = [...residentFile(liveDays(town, 180))];
    const current = new Map<string, Set<string>>();
    for (const row of rows) {
      if (row.jlbz !== '1' || row.cxbz !== '0') continue;
      const own = current.get(row.ryid) ?? new Set();
      current.set(row.ryid, own.add(row.rynbid));
    }
    expect([...current.values()].filter((own) => own.size !== 1)).toEqual([]);
    expect(new Set(rows.map((row) => row.ryid)).size).toBe(current.size);
    for (const row of rows) if (row.cxbz === '1') expect(row.qysj).toBe(row.jssj);
  });

  it('give newcomers valid numbers of their own', () => {
    const people = [...truthOn(town, liveDays(town, 360))];
    const fresh = people.filter((one) => typeof one.person === 'number' && one.person >= 400);
    expect(fresh.length).toBeGreaterThan(20);
    expect(fresh.every((one) => isValidId(one.idNumber))).toBe(true);
    const numbers = people.filter((one) => !one.duplicateNumber).map((one) => one.idNumber);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('a list from which places are gone', () => {
  it('pages through what is left', () => {
    const left = new Remaining(10, [0, 3, 4, 9]);
    expect(left.count).toBe(6);
    expect(left.places(0, 100)).toEqual([1, 2, 5, 6, 7, 8]);
    for (let from = 0; from < 6; from++)
      expect(left.places(from, from + 2)).toEqual([1, 2, 5, 6, 7, 8].slice(from, from + 2));
    expect(left.places(6, 9)).toEqual([]);
  });
});
