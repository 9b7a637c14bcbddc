import type { Town } from '../generator/town.js';
import { Changes } from './changes.js';
import { CivilLists } from './civil-lists.js';
import { changeCodes } from './event-codes.js';
import { assistanceCorrection, assistanceEnd, assistanceGrant, publishMonth } from './events-civil.js';
import { divorce, marriage } from './events-marriage.js';
import { birth, death, moveIn, moveOut, moveWithin } from './events-people.js';
import { deletion, mistake, numberCorrection, softDeletion } from './events-records.js';
import { KINDS, type DrawnKind } from './kinds.js';

type Event = (changes: Changes, lists: CivilLists) => boolean;

const EVENTS: Record<DrawnKind, Event> = {
  ...{ birth, death, moveIn, moveOut, moveWithin, marriage, divorce, mistake, numberCorrection },
  ...{ assistanceGrant, assistanceEnd, assistanceCorrection, deletion, softDeletion },
};

/** How many events of a kind fall on `day`: its share of a month, each kind beginning at another day of it. */
function howMany(people: number, kind: DrawnKind, place: number, day: number): number {
  const daily = Math.max(1, (people * KINDS[kind]) / 1000) / 30;
  const phase = (place * 0.618) % 1;
  const until = (days: number): number => Math.floor(days * daily + phase);
  return until(day) - until(day - 1);
}

/**
 * The town after `days` days. Days are lived one after the other from the first, so that the same seed, size and number
 * of days give the same town however often it was stopped on the way.
 */
export function liveDays(town: Town, days: number): Changes {
  const changes = new Changes(town);
  const lists = new CivilLists(town);
  for (let day = 1; day <= days; day++) {
    changes.day = day;
    for (const work of changes.due()) work();
    changeCodes(changes);
    for (const [place, kind] of (Object.keys(EVENTS) as DrawnKind[]).entries()) {
      for (let left = howMany(town.people, kind, place, day); left > 0; left--) {
        if (EVENTS[kind](changes, lists)) changes.happened(kind);
      }
    }
    publishMonth(changes, lists);
  }
  return changes;
}
