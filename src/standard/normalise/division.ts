import { findCodeList } from '../codes/code-list.js';
import { padDivision } from '../codes/divisions.js';
import { digitsAt } from './calendar.js';
import { compact } from './characters.js';
import { EMPTY, invalid, type NormaliseResult } from './result.js';

/**
 * A division code: 2, 4, 6, 9 or 12 digits, or 15 with the grid behind; zeros that only fill are cut, so that one place has
 * one form of 6, 9 or 12 digits. A code that the shipped edition does not hold is kept (`known: false`): codes change every
 * year, and a stored code is never rewritten.
 */
export function normaliseDivision(input: string): NormaliseResult {
  const text = compact(input);
  if (text === '') return EMPTY;
  const { length } = text;
  if (digitsAt(text, 0, length) < 0) return invalid('divisionShape');
  if (length !== 2 && length !== 4 && length !== 6 && length !== 9 && length !== 12 && length !== 15)
    return invalid('divisionLength');
  const code = padDivision(length === 15 ? text.slice(0, 12) : text);
  if (code.charCodeAt(0) === 48) return invalid('divisionShape');
  const known = findCodeList('division')!.has(code);
  return known ? { state: 'VALUE', value: code } : { state: 'VALUE', value: code, extra: { known: false } };
}
