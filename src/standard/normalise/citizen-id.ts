import { compact, isMasked } from './characters.js';
import { dayText, digitsAt, isDay } from './calendar.js';
import { isUscc } from './uscc.js';

/** Which numbering scheme the text follows; codes of the list `identifier-scheme`. */
export type IdScheme = 'CN_ID18' | 'CN_ID15' | 'HKMT_PERMIT' | 'PRC_FOREIGN' | 'DISABILITY20' | 'USCC';

/**
 * `valid` · `wrongCheck`: right shape and date, wrong check character · `masked` · `damaged`: a spreadsheet lost digits ·
 * `company`: a unified social credit code in the person's column · `permit`: another certificate's shape · `invalid` · `empty`.
 */
export type CitizenIdState = 'valid' | 'wrongCheck' | 'masked' | 'damaged' | 'company' | 'permit' | 'invalid' | 'empty';

export interface CitizenId {
  state: CitizenIdState;
  /** 18 characters with an upper-case X; for `valid` and `wrongCheck` only. */
  id18?: string;
  scheme?: IdScheme;
  /** YYYY-MM-DD. */
  birthDate?: string;
  /** 1 male, 2 female. */
  sex?: '1' | '2';
  /** The canonical text of what is no citizen number: masked form, credit code, permit number. */
  text?: string;
  /** DISABILITY20: category 1–7 and level 1–4 behind the number. */
  disability?: { category: string; level: string };
}

/** GB 11643-1999, equal to ISO 7064 MOD 11-2. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';
const UPPER_X = 0x58;
const FIRST_BIRTH_YEAR = 1890;
const LAST_BIRTH_YEAR = 2039;

/** The check character over the first 17 digits, as a character code; 0 when one of them is no digit. */
function checkCode(text: string): number {
  let sum = 0;
  for (let i = 0; i < 17; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return 0;
    sum += digit * WEIGHTS[i]!;
  }
  return CHECKS.charCodeAt(sum % 11);
}

/** The check character of 17 digits, for example to make a test number. */
export const citizenIdCheck = (first17: string): string => String.fromCharCode(checkCode(first17));

/**
 * Reads a citizen identity number as sources write it: 18 or 15 digits, full-width, blanks, lower-case x, an Excel
 * apostrophe; the 20-digit disability number; permits and credit codes that share the column.
 * 15 digits are raised with the century 19, since nobody born later has that form.
 */
export function normaliseCitizenId(input: string): CitizenId {
  // The clean 18-character form, which most rows have, is decided without copying.
  if (input.length === 18) {
    const read = readEighteen(input, 'CN_ID18');
    if (read) return read;
  }
  let text = compact(input);
  if (text.charCodeAt(0) === 0x27 || text.charCodeAt(0) === 0x60) text = text.slice(1);
  if (text === '') return { state: 'empty' };
  if (isMasked(text)) return { state: 'masked', text: text.toUpperCase().replace(/[＊∗⁎]/g, '*') };
  text = text.toUpperCase().replace(/[×ХЧ]$/u, 'X');
  if (text.length === 18) {
    const read = readEighteen(text, 'CN_ID18');
    if (read) return read;
    if (isUscc(text)) return { state: 'company', scheme: 'USCC', text };
    if (/^\d{4,10}X{4,10}[\dX]{2,4}$/.test(text)) return { state: 'masked', text: text.replace(/X(?!$)/g, '*') };
    return { state: 'invalid' };
  }
  if (text.length === 15) {
    if (digitsAt(text, 0, 15) >= 0) return readFifteen(text);
    return /^[A-Z]{3}\d{12}$/.test(text) ? { state: 'permit', scheme: 'PRC_FOREIGN', text } : { state: 'invalid' };
  }
  return readOther(text);
}

/** A number of 18 characters with a possible birth date, else undefined. */
function readEighteen(text: string, scheme: IdScheme): CitizenId | undefined {
  const expected = checkCode(text);
  if (expected === 0) return undefined;
  const last = text.charCodeAt(17);
  const check = last === 0x78 ? UPPER_X : last;
  if (check !== UPPER_X && (check < 48 || check > 57)) return undefined;
  const year = digitsAt(text, 6, 10);
  const month = digitsAt(text, 10, 12);
  const day = digitsAt(text, 12, 14);
  if (!isDay(year, month, day) || year > 2199) return undefined;
  if (check !== expected) {
    // One wrong number in thirty passes as a credit code. With a birth date that somebody alive can have it is taken for
    // a person's: that way it is sealed, and a company in its place loses nothing but its code.
    if (isUscc(text) && (year < FIRST_BIRTH_YEAR || year > LAST_BIRTH_YEAR))
      return { state: 'company', scheme: 'USCC', text };
    // A spreadsheet keeps 15 digits of a number and writes zeros for the rest.
    if (text.endsWith('000')) return { state: 'damaged' };
  }
  return {
    state: check === expected ? 'valid' : 'wrongCheck',
    id18: last === 0x78 ? `${text.slice(0, 17)}X` : text,
    scheme: scheme === 'CN_ID18' ? schemeOf(text) : scheme,
    birthDate: dayText(year, month, day),
    sex: text.charCodeAt(16) & 1 ? '1' : '2',
  };
}

/** 81/82/83: residents of Hong Kong, Macao and Taiwan; 9 but not 99 (synthetic): foreign permanent residents. */
function schemeOf(text: string): IdScheme {
  const first = text.charCodeAt(0);
  const second = text.charCodeAt(1);
  if (first === 0x38 && second >= 0x31 && second <= 0x33 && text.startsWith('0000', 2)) return 'HKMT_PERMIT';
  return first === 0x39 && second !== 0x39 ? 'PRC_FOREIGN' : 'CN_ID18';
}

function readFifteen(text: string): CitizenId {
  const first17 = `${text.slice(0, 6)}19${text.slice(6)}`;
  return readEighteen(first17 + citizenIdCheck(first17), 'CN_ID15') ?? { state: 'invalid' };
}

function readOther(text: string): CitizenId {
  if (/^\d\.\d+E\+?1[4-9]$/.test(text)) return { state: 'damaged' };
  const certificate = /^(\d{17}[\dX])([1-7])([1-4])(?:B\d)?$/.exec(text);
  if (certificate) {
    const read = readEighteen(certificate[1]!, 'DISABILITY20');
    return read ? { ...read, disability: { category: certificate[2]!, level: certificate[3]! } } : { state: 'invalid' };
  }
  // Permits to travel: H or M and 8 or 10 digits; 8 digits for residents of Taiwan.
  if (/^(?:[HM](?:\d{8}|\d{10})|\d{8})$/.test(text)) return { state: 'permit', scheme: 'HKMT_PERMIT', text };
  return { state: 'invalid' };
}
