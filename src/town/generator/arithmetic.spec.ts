import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compactDate, dayOf, isoDate, partsOf } from './calendar.js';
import { companyCode, fifteenDigits, idNumber, isValidId, wrongCheck } from './id-number.js';
import { mobileNumber, telecomIndividual, telecomNumber, telecomProduct } from './keys.js';
import { Permutation } from './permutation.js';
import { PURPOSE, Random } from './random.js';

const seeded = { seed: 20261101 };

describe('ID numbers', () => {
  it('match the published vectors', () => {
    expect(idNumber('990101', dayOf(1950, 1, 1), 1)).toBe('990101195001010010');
    expect(idNumber('990101', dayOf(1962, 12, 31), 2)).toBe('990101196212310026');
    expect(idNumber('990101', dayOf(2000, 2, 29), 3)).toBe('990101200002290038');
    expect(companyCode(1)).toHaveLength(18);
    expect(companyCode(1)).toMatch(/^91990101M/);
  });

  it('are valid, and wrong with any other check character', () => {
    const any = fc.tuple(
      fc.integer({ min: -20_000, max: 20_000 }),
      fc.integer({ min: 1, max: 999 }),
      fc.integer({ min: 1, max: 10 }),
    );
    fc.assert(
      fc.property(any, ([day, sequence, shift]) => {
        const id = idNumber('990101', day, sequence);
        expect(isValidId(id)).toBe(true);
        expect(isValidId(wrongCheck(id, shift))).toBe(false);
        expect(fifteenDigits(id)).toMatch(/^\d{15}$/);
      }),
      seeded,
    );
  });
});

describe('the calendar', () => {
  it('agrees with Date', () => {
    fc.assert(
      fc.property(fc.integer({ min: -36_000, max: 60_000 }), (day) => {
        const text = new Date(day * 86_400_000).toISOString().slice(0, 10);
        expect(isoDate(day)).toBe(text);
        expect(compactDate(day)).toBe(text.replaceAll('-', ''));
        const { year, month, day: date } = partsOf(day);
        expect(dayOf(year, month, date)).toBe(day);
      }),
      seeded,
    );
  });
});

describe('numbers that scatter', () => {
  it('permutations have an inverse and hit every place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(9999), (size, salt) => {
        const permutation = new Permutation(size, salt);
        const values = Array.from({ length: size }, (_, index) => permutation.at(index));
        expect(new Set(values).size).toBe(size);
        expect(values.every((value, index) => permutation.inverse(value) === index)).toBe(true);
      }),
      { ...seeded, numRuns: 40 },
    );
  });

  it('telecom keys lead back to their person', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.nat(7), (person, line) => {
        expect(telecomNumber(telecomIndividual(person, line % 2))).toBe(person * 2 + (line % 2));
        expect(telecomNumber(telecomProduct(person, line))).toBe(person * 8 + line);
      }),
      seeded,
    );
    expect(telecomNumber('IND12')).toBeNull();
  });

  it('phone numbers have the form of a mobile number and differ', () => {
    const numbers = new Set<string>();
    for (let person = 0; person < 50_000; person++) {
      for (let line = 0; line < 2; line++) numbers.add(mobileNumber(person, line));
    }
    expect(numbers.size).toBe(100_000);
    expect([...numbers].filter((number) => !/^1[3-9]\d{9}$/.test(number))).toEqual([]);
  });

  it('draws are even and independent of what was drawn before', () => {
    const buckets = new Array<number>(10).fill(0);
    for (let index = 0; index < 20_000; index++) buckets[new Random(1, PURPOSE.household, index).below(10)]! += 1;
    for (const bucket of buckets) expect(Math.abs(bucket - 2000)).toBeLessThan(200);
    expect(new Random(1, PURPOSE.civil, 7).uint32()).toBe(new Random(1, PURPOSE.civil, 7).uint32());
  });
});
