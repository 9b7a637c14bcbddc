import type { UpdateCycle } from './catalogue.js';

const DAY = 86_400;
/** Longest interval of each cycle, in seconds; a day or two of grace where months and years differ. */
const CYCLES: readonly [UpdateCycle, number][] = [
  ['REAL_TIME', 300],
  ['DAILY', DAY],
  ['WEEKLY', 7 * DAY],
  ['MONTHLY', 31 * DAY],
  ['QUARTERLY', 92 * DAY],
  ['HALF_YEARLY', 184 * DAY],
  ['YEARLY', 366 * DAY],
];

/** The word for how often data come: the shortest cycle that is not shorter than the interval; none = irregular. */
export function updateCycle(everySeconds: number | null, pushed = false): UpdateCycle {
  if (pushed) return 'REAL_TIME';
  if (everySeconds === null) return 'IRREGULAR';
  return CYCLES.find(([, most]) => everySeconds <= most)?.[0] ?? 'IRREGULAR';
}

/** The most frequent of several; NEVER when there is none. */
export function quickest(cycles: readonly UpdateCycle[]): UpdateCycle {
  const known = CYCLES.find(([cycle]) => cycles.includes(cycle))?.[0];
  return known ?? (cycles.includes('IRREGULAR') ? 'IRREGULAR' : 'NEVER');
}
