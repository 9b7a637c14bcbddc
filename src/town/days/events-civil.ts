import { planAssistance, MONTHS, monthName, type PlannedAssistance } from '../generator/civil-plan.js';
import { isoDate } from '../generator/calendar.js';
import { DIRT_RATES, strikes } from '../generator/dirt-rates.js';
import type { Changes } from './changes.js';
import { eventRandom, free, someHousehold, today } from './draw.js';
import type { CivilLists } from './civil-lists.js';

/** Never ends by itself. */
const OPEN = 10_000;

/** What a household gets today, granted on the first day or later; null when nothing. */
export function planToday(changes: Changes, household: number): PlannedAssistance | null {
  if (changes.ended.has(household)) return null;
  return changes.plans.get(household) ?? planAssistance(changes.town, changes.town.skeleton(household));
}

export const nextMonth = (changes: Changes): number => MONTHS.length + changes.months.length;

export function assistanceGrant(changes: Changes): boolean {
  const random = eventRandom(changes);
  const found = someHousehold(changes, random, ({ kind, index, members }) => {
    return (
      kind !== 'collective' &&
      planToday(changes, index) === null &&
      !changes.ended.has(index) &&
      members.some((person) => free(changes, person))
    );
  });
  if (found === null) return false;
  const month = nextMonth(changes);
  changes.plans.set(found.index, {
    ...{ type: random.pick(['01', '02', '06']), level: 'B', begin: monthName(month), end: '3000-01' },
    ...{ money: (30_000 + random.below(40_000)) * found.members.length, from: month, to: OPEN },
  });
  return true;
}

export function assistanceEnd(changes: Changes): boolean {
  const random = eventRandom(changes);
  const found = someHousehold(changes, random, ({ index }) => {
    const plan = planToday(changes, index);
    return plan !== null && plan.from < nextMonth(changes) && plan.to >= MONTHS.length - 1;
  });
  if (found === null) return false;
  changes.ended.add(found.index);
  return true;
}

/** A month that was published is replaced: one row says another level, or is no longer there. */
export function assistanceCorrection(changes: Changes, lists: CivilLists): boolean {
  const random = eventRandom(changes);
  const month = random.below(nextMonth(changes));
  const listed = month < MONTHS.length ? lists.first[month]! : changes.months[month - MONTHS.length]!.listed;
  if (listed.length === 0) return false;
  const key = `${month}/${listed[random.below(listed.length)]!}`;
  if (changes.assistance.has(key)) return false;
  changes.assistance.set(key, random.chance(0.5) ? null : { ASSISTANCE_LEVEL: 'D' });
  return true;
}

/** On the first of a month the month before is published: who was listed and lives, and who was granted since. */
export function publishMonth(changes: Changes, lists: CivilLists): void {
  if (!isoDate(today(changes)).endsWith('-01')) return;
  const month = nextMonth(changes);
  const before = changes.months.at(-1)?.listed ?? lists.first.at(-1)!;
  const listed: number[] = [];
  let last = -1;
  for (const person of before) {
    if (person === last) continue;
    last = person;
    if (stays(changes, person, month)) add(changes, listed, person);
  }
  for (const [household, plan] of changes.plans) {
    if (plan.from !== month || changes.ended.has(household)) continue;
    for (const { index, life } of changes.town.household(household).members) {
      if (life === 'alive' && !changes.dead.has(index)) add(changes, listed, index);
    }
  }
  changes.months.push({ listed: Uint32Array.from(listed), day: changes.day });
}

/** Still listed in `month`: alive, and the plan neither ended nor ran out. */
function stays(changes: Changes, person: number, month: number): boolean {
  if (changes.dead.has(person)) return false;
  const plan = planToday(changes, changes.town.householdOf(person));
  if (plan === null || plan.from > month) return false;
  return plan.end === '3000-01' || plan.end >= monthName(month);
}

/** Lists a person, now and then twice. */
function add(changes: Changes, listed: number[], person: number): void {
  listed.push(person);
  if (strikes(DIRT_RATES.duplicateRow, changes.mark('listed'))) listed.push(person);
}
