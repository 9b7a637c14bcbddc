import { compact } from './characters.js';

export interface Uscc {
  /** `legacy`: a 15-digit registration number or a 9-character organisation code from before 2015. */
  state: 'valid' | 'wrongCheck' | 'legacy' | 'invalid' | 'empty';
  code?: string;
}

/** GB 32100-2015: 31 symbols, no I O S V Z. */
const SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
const VALUES = new Int8Array(128).fill(-1);
for (let i = 0; i < SYMBOLS.length; i++) VALUES[SYMBOLS.charCodeAt(i)] = i;

const valueAt = (text: string, at: number): number => VALUES[text.charCodeAt(at)] ?? -1;

/** True for 18 upper-case characters with a known authority, digits where the division stands and the right check. */
export function isUscc(text: string): boolean {
  if (text.length !== 18) return false;
  const authority = text.charCodeAt(0);
  // 1 offices of establishment, 5 civil affairs, 9 market regulation, Y other.
  if (authority !== 0x31 && authority !== 0x35 && authority !== 0x39 && authority !== 0x59) return false;
  for (let i = 2; i < 8; i++) if (valueAt(text, i) < 0 || valueAt(text, i) > 9) return false;
  return usccCheck(text) === text[17];
}

/** The check symbol over the first 17 symbols, or '' when one of them is none. */
export function usccCheck(text: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) {
    const symbol = valueAt(text, i);
    if (symbol < 0) return '';
    sum += symbol * WEIGHTS[i]!;
  }
  return SYMBOLS[(31 - (sum % 31)) % 31]!;
}

/** GB 11714 organisation code inside the credit code: the check of its first 8 characters (A=10 … Z=35). */
export function organizationCodeCheck(first8: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += Number.parseInt(first8[i]!, 36) * weights[i]!;
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Reads a unified social credit code: full-width, blanks and lower case are repaired, symbols are never guessed. */
export function normaliseUscc(input: string): Uscc {
  const text = compact(input).toUpperCase();
  if (text === '') return { state: 'empty' };
  if (isUscc(text)) return { state: 'valid', code: text };
  if (text.length === 18)
    return usccCheck(text) === '' || valueAt(text, 17) < 0 ? { state: 'invalid' } : { state: 'wrongCheck', code: text };
  if (/^\d{15}$/.test(text)) return { state: 'legacy', code: text };
  const organization = /^([0-9A-Z]{8})-?([0-9X])$/.exec(text);
  if (organization && organizationCodeCheck(organization[1]!) === organization[2])
    return { state: 'legacy', code: `${organization[1]}${organization[2]}` };
  return { state: 'invalid' };
}
