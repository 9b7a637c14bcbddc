/** Mixes 32 bits so that near inputs give far outputs (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** What a stream of draws is for; each purpose has draws of its own, so a change in one leaves the others as they were. */
export const PURPOSE = {
  household: 1,
  identity: 2,
  police: 3,
  property: 4,
  telecom: 5,
  civil: 6,
  marriage: 7,
  geography: 8,
  company: 9,
  propertyDirt: 10,
  telecomDirt: 11,
  civilDirt: 12,
  marriageDirt: 13,
  policeDirt: 14,
  days: 15,
} as const;
export type Purpose = (typeof PURPOSE)[keyof typeof PURPOSE];

/**
 * xoshiro128** (Blackman and Vigna), seeded by (town seed, purpose, index): any part of the town can be made
 * again without making what lies before it. Integers only, so every machine draws the same.
 */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 0;

  constructor(seed: number, purpose: Purpose, index: number) {
    let state = mix(mix(seed ^ 0x9e3779b9) ^ Math.imul(purpose, 0x9e3779b1)) ^ mix(index + 0x7f4a7c15);
    const next = (): number => mix((state = (state + 0x9e3779b9) | 0) ^ index);
    this.a = next();
    this.b = next();
    this.c = next();
    this.d = next() | 1;
  }

  /** An integer in [0, 2³²). */
  uint32(): number {
    const x = Math.imul(this.b, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
    const t = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= t;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result;
  }

  /** A number in [0, 1). */
  unit(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** An integer in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.unit() * bound);
  }

  /** An integer in [low, high], both ends included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** Picks by weight; the weights need not sum to one. */
  weighted<T>(list: readonly (readonly [T, number])[]): T {
    let total = 0;
    for (const [, weight] of list) total += weight;
    let rest = this.unit() * total;
    for (const [value, weight] of list) {
      rest -= weight;
      if (rest < 0) return value;
    }
    return list[list.length - 1]![0];
  }
}
