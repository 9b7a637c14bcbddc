import { compactDate, type Day } from './calendar.js';

/** The town's county: no real division begins with 99. */
export const REGION = '990101';
/** The neighbouring county, home of the people who do not live in town. */
export const NEIGHBOUR_REGION = '990102';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

function checkCharacter(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * WEIGHTS[i]!;
  return '10X98765432'[sum % 11]!;
}

/** A citizen identity number (GB 11643-1999) from its parts; `sequence` 1–999, odd for men. */
export function idNumber(region: string, birth: Day, sequence: number): string {
  const first17 = `${region}${compactDate(birth)}${String(sequence).padStart(3, '0')}`;
  return first17 + checkCharacter(first17);
}

/** True for 18 characters with a right check character. */
export const isValidId = (id: string): boolean =>
  /^\d{17}[\dX]$/.test(id) && checkCharacter(id.slice(0, 17)) === id[17];

/** The form of before 1999: no century, no check character. Only for people born in 19xx. */
export const fifteenDigits = (id: string): string => id.slice(0, 6) + id.slice(8, 17);

/** The property system's mask: six digits, ten stars, two characters. */
export const maskedId = (id: string): string => `${id.slice(0, 6)}**********${id.slice(16)}`;

/** The same number with another check character (`shift` 1–10). */
export function wrongCheck(id: string, shift: number): string {
  const all = '0123456789X';
  return id.slice(0, 17) + all[(all.indexOf(id[17]!) + shift) % 11]!;
}

const USCC = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** A company's unified social credit code (GB 32100-2015), region 990101; `serial` below 10⁷. */
export function companyCode(serial: number): string {
  const body = `M${String(serial).padStart(7, '0')}`;
  let sum = 0;
  for (let i = 0; i < 8; i++) {
    const code = body.charCodeAt(i);
    sum += (code >= 65 ? code - 55 : code - 48) * ORGANISATION_WEIGHTS[i]!;
  }
  const check = 11 - (sum % 11);
  const first17 = `91${REGION}${body}${check === 10 ? 'X' : check === 11 ? '0' : String(check)}`;
  let total = 0;
  for (let i = 0; i < 17; i++) total += USCC.indexOf(first17[i]!) * USCC_WEIGHTS[i]!;
  return first17 + USCC[(31 - (total % 31)) % 31]!;
}
