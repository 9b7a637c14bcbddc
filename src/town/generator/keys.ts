import { createHash } from 'node:crypto';

/**
 * The keys under which the four systems know the same people. Each scatters with factors of its own, so a key of
 * one system says nothing about the key in another, and none shows the order in which the town was made.
 */
const PRIME = 1_000_000_007;
const scatter = (index: number, factor: number, shift: number): string =>
  String((index * factor + shift) % PRIME).padStart(10, '0');

function gather(text: string, factor: number, shift: number): number {
  const modulus = BigInt(PRIME);
  let [base, exponent, inverse] = [BigInt(factor), modulus - 2n, 1n];
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) inverse = (inverse * base) % modulus;
    base = (base * base) % modulus;
  }
  const value = (((BigInt(text) - BigInt(shift)) % modulus) + modulus) % modulus;
  return Number((value * inverse) % modulus);
}

export const policePerson = (person: number): string => `9901${scatter(person, 514_229, 317_811)}`;
export const policeVersion = (person: number, version: number): string =>
  `8${scatter(person * 8 + version, 196_418, 832_040)}`;
export const policeHousehold = (household: number): string => `7${scatter(household, 433_494, 1_346_269)}`;
export const householdNumber = (household: number): string => scatter(household, 701_408, 2_178_309).slice(1);

/** MicroCommunity ids: a prefix for the table, the day of entry, a number. */
export const propertyKey = (prefix: '75' | '77' | '78' | '79', number: number, day: string): string =>
  `${prefix}${day}${scatter(number, prefix === '75' ? 317_837 : 832_043, 121_393)}`;

export const telecomIndividual = (person: number, copy: number): string =>
  `IND${scatter(person * 2 + copy, 267_914, 5_702_887)}`;
export const telecomCustomer = (person: number, copy: number): string =>
  `CUS${scatter(person * 2 + copy, 165_580, 9_227_465)}`;
export const telecomProduct = (person: number, line: number): string =>
  `PRD${scatter(person * 8 + line, 102_334, 3_524_578)}`;

/** (person × 2 + copy) of an individual's or customer's key, (person × 8 + line) of a product's; null for no such key. */
export function telecomNumber(key: string): number | null {
  if (!/^(IND|CUS|PRD)\d{10}$/.test(key)) return null;
  const digits = key.slice(3);
  if (key.startsWith('IND')) return gather(digits, 267_914, 5_702_887);
  return key.startsWith('CUS') ? gather(digits, 165_580, 9_227_465) : gather(digits, 102_334, 3_524_578);
}

/** Civil affairs: CHAR(32), upper-case hexadecimal. */
export const civilGuid = (seed: number, kind: 'family' | 'people' | 'marry', number: number): string =>
  createHash('sha256').update(`${seed}/${kind}/${number}`).digest('hex').slice(0, 32).toUpperCase();

/** Number segments that no operator hands out: nobody is called by accident. */
const SEGMENTS = ['154', '142', '143', '160', '161', '163', '164', '168', '169'];
const PHONE_PRIME = 899_999_963;

/** A mobile number for (person, line 0–3); no two are equal below 5 million people. */
export function mobileNumber(person: number, line: number): string {
  const number = ((person * 4 + line) * 196_613 + 28_657) % PHONE_PRIME;
  return SEGMENTS[Math.floor(number / 100_000_000)]! + String(number % 100_000_000).padStart(8, '0');
}
