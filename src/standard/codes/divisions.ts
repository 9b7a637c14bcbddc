import type { Code } from '../spec.js';
import { codeList } from './code-list.js';

/** A division code as at a day: in force, ended (with what followed it), or not in the edition that ships. */
export type ResolvedDivision =
  | { state: 'valid'; division: Code }
  | { state: 'ended'; division: Code; successors: readonly string[] }
  | { state: 'unknown' };

/**
 * Looks a code up as at `day` (YYYY-MM-DD). Codes change every year, so a stored code is never rewritten:
 * it is read as at the day it was given, and `successors` says where the place lies today.
 */
export function divisionAt(code: string, day: string): ResolvedDivision {
  const division = codeList('division').find(padDivision(code)) ?? codeList('division').find(code);
  if (!division) return { state: 'unknown' };
  if (division.validFrom && day < division.validFrom) return { state: 'unknown' };
  if (division.validTo && day > division.validTo)
    return { state: 'ended', division, successors: division.successors ?? [] };
  return { state: 'valid', division };
}

/**
 * One form per place: sources pad a county to 12 digits with zeros or cut a province to 2.
 * 12 digits ending in 000000 → 6; 12 ending in 000 → 9; 2 or 4 → 6.
 */
export function padDivision(code: string): string {
  if (code.length === 12) {
    if (code.endsWith('000000')) return code.slice(0, 6);
    if (code.endsWith('000')) return code.slice(0, 9);
    return code;
  }
  if (code.length === 9 && code.endsWith('000')) return code.slice(0, 6);
  return code.length < 6 ? code.padEnd(6, '0') : code;
}

/** True when `code` lies in `area` or is it: 990101001002 lies in 990101; 990000 covers every code of its province. */
export function liesIn(code: string, area: string): boolean {
  const place = padDivision(area);
  const prefix =
    place.length > 6
      ? place
      : place.endsWith('0000')
        ? place.slice(0, 2)
        : place.endsWith('00')
          ? place.slice(0, 4)
          : place;
  return code.startsWith(prefix);
}
