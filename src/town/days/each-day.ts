import type { Changes } from './changes.js';

/**
 * One value a day. Where no day has touched the thing, it is made once: what is the same object is the same row, and
 * nobody needs to compare it.
 */
export function eachDay<Value>(
  days: readonly Changes[],
  touched: (changes: Changes) => unknown,
  make: (changes: Changes) => Value,
): Value[] {
  if (days.some((changes) => touched(changes))) return days.map(make);
  const once = make(days[0]!);
  return days.map(() => once);
}

/** True when these days write some division code differently. */
export const codesDiffer = (days: readonly Changes[]): boolean =>
  days.some((changes) => changes.codes.length !== days[0]!.codes.length);
