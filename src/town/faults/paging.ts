import type { Fault } from './kinds.js';

const has = (faults: readonly Fault[], kind: string): boolean => faults.some((fault) => fault.kind === kind);

export interface Asked {
  start: number;
  limit: number;
  total: number;
}

/**
 * Which rows a page shows: those asked for; or those of the page before (every second page), or those as far from the
 * end, backwards. Sizes and totals stay as they are.
 */
export function shownRows(faults: readonly Fault[], { start, limit, total }: Asked): { from: number; to: number } {
  const size = Math.max(0, Math.min(limit, total - start));
  if (has(faults, 'out-of-order')) return { from: total - start - size, to: total - start };
  const twice = has(faults, 'duplicate-pages') && limit > 0 && Math.floor(start / limit) % 2 === 1;
  const from = twice ? start - limit : start;
  return { from, to: from + size };
}

/** The page in the order in which it goes out. */
export const inOrderOf = <T>(faults: readonly Fault[], page: T[]): T[] =>
  has(faults, 'out-of-order') ? page.reverse() : page;
