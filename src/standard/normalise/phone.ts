import { compact, isMasked } from './characters.js';

export interface Phone {
  state: 'valid' | 'masked' | 'invalid' | 'empty';
  /** Mobile: 11 digits. Land line: area code, hyphen, number, and `-extension`. Service number: its digits. */
  value?: string;
  kind?: 'mobile' | 'landline' | 'local' | 'service';
}

/**
 * Reads one telephone number. Country code (+86, 0086, 86), blanks, brackets, dots and hyphens are taken off; where
 * several numbers stand in one field, the first that can be read counts. A land line without its area code is `local`:
 * it may be shown, but two of them need not be the same line.
 */
export function normalisePhone(input: string): Phone {
  if (input.length === 11 && isMobile(input, 0)) return { state: 'valid', value: input, kind: 'mobile' };
  const text = compact(input);
  if (text === '') return { state: 'empty' };
  if (isMasked(text)) return { state: 'masked', value: text.replace(/[＊∗⁎]/g, '*') };
  const whole = readNumber(text);
  if (whole) return whole;
  for (const piece of text.split(/[,;、/,;|]|或/)) {
    const read = piece === text ? undefined : readNumber(piece);
    if (read) return read;
  }
  return { state: 'invalid' };
}

/** 1, then 3–9, then nine digits. */
function isMobile(text: string, from: number): boolean {
  if (text.length !== from + 11 || text.charCodeAt(from) !== 0x31) return false;
  const second = text.charCodeAt(from + 1);
  if (second < 0x33 || second > 0x39) return false;
  for (let i = from + 2; i < from + 11; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

const COUNTRY = /^(?:\+|00)?86(?=1[3-9]\d{9}$|0?[1-9]\d{8,11}(?:-|$))/;
const LAND = /^0?(10|2[0-57-9]|[3-9]\d{2})(\d{7,8})(?:-?(?:转|ext\.?|#|-)(\d{1,6}))?$/i;

function readNumber(piece: string): Phone | undefined {
  const extension = /(?:转|ext\.?|#|(?<=\d{7})-)\d{1,6}$/i.exec(piece)?.[0] ?? '';
  const base = piece.slice(0, piece.length - extension.length).replace(/[-—–()().]/g, '');
  const digits = base.replace(COUNTRY, '');
  if (!/^\d+$/.test(digits)) return undefined;
  if (isMobile(digits, 0)) return { state: 'valid', value: digits, kind: 'mobile' };
  if (digits.length === 12 && digits.startsWith('01') && isMobile(digits, 1))
    return { state: 'valid', value: digits.slice(1), kind: 'mobile' };
  if (/^[48]00\d{7}$/.test(digits)) return { state: 'valid', value: digits, kind: 'service' };
  const land = digits.startsWith('0') || base !== digits ? LAND.exec(digits + extension) : null;
  if (land) {
    const number = `0${land[1]}-${land[2]}`;
    return { state: 'valid', value: land[3] ? `${number}-${land[3]}` : number, kind: 'landline' };
  }
  if (/^[2-8]\d{6,7}$/.test(digits)) return { state: 'valid', value: digits, kind: 'local' };
  return /^(?:1[012]\d{1,3}|9[56]\d{3,4})$/.test(digits)
    ? { state: 'valid', value: digits, kind: 'service' }
    : undefined;
}
