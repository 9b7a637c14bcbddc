import type { Town } from '../generator/town.js';
import type { Changes } from './changes.js';
import { civilLists } from './civil-lists-seen.js';
import { policeLists } from './police-lists.js';
import { propertyLists } from './property-lists.js';
import type { ListedKey, Seen } from './seen.js';
import { telecomLists } from './telecom-lists.js';

/** What a complete reading of one list holds on a day, and what the days before it have changed. */
export interface ListCounts {
  /** Distinct keys that a reader keeps. */
  live: number;
  /** Distinct keys with a code that no list knows. */
  rejected: number;
  /** Distinct keys that say they are deleted, or stand for nobody. */
  deleted: number;
  skipped: number;
  created: number;
  changed: number;
  /** Still in the list, and marked there as deleted. */
  softDeleted: number;
  /** No longer in the list. */
  vanished: number;
  reappeared: number;
}

export type SourceCounts = Record<string, Record<string, ListCounts>>;

const LISTS: Record<string, (town: Town, days: readonly Changes[]) => Generator<ListedKey>> = {
  ...{ property: propertyLists, telecom: telecomLists, police: policeLists, civil: civilLists },
};

const nothing = (): ListCounts => ({
  ...{ live: 0, rejected: 0, deleted: 0, skipped: 0 },
  ...{ created: 0, changed: 0, softDeleted: 0, vanished: 0, reappeared: 0 },
});

/** Counts every list of every source on the later of two days, and what differs from the earlier one. */
export function compareDays(town: Town, before: Changes, after: Changes): SourceCounts {
  const counts: SourceCounts = {};
  for (const [source, listOf] of Object.entries(LISTS)) {
    const streams: Record<string, ListCounts> = (counts[source] = {});
    for (const { stream, first, seen } of listOf(town, [before, after])) {
      count((streams[stream] ??= nothing()), first, seen[0]!, seen[1]!);
    }
  }
  return counts;
}

function count(counts: ListCounts, first: boolean, before: Seen | null, after: Seen | null): void {
  const was = before?.standing === 'live';
  const is = after?.standing === 'live';
  if (after !== null) counts[after.standing === 'live' ? 'live' : after.standing] += 1;
  if (was && is && before !== after && before.text !== after.text) counts.changed += 1;
  else if (was && !is) counts[after === null ? 'vanished' : 'softDeleted'] += 1;
  else if (!was && is) counts[first ? 'reappeared' : 'created'] += 1;
}

/** How often each kind of event happened after day `from`. */
export function eventCounts({ events }: Changes, from: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { day, kind } of events) if (day > from) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
