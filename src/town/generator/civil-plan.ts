import { ageAt } from './calendar.js';
import { DIRT_RATES, strikes } from './dirt-rates.js';
import { PURPOSE, Random } from './random.js';
import type { Skeleton } from './skeleton.js';
import type { Town } from './town.js';

/** The months that the assistance service still holds, newest last. */
export const MONTHS = ['2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10'] as const;

/** Name of month `index`, also of months behind the list. */
export function monthName(index: number): string {
  const months = 2026 * 12 + 4 + index;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

export interface PlannedAssistance {
  /** 01–11, the province's list */
  type: string;
  level: string;
  begin: string;
  /** 3000-01 = open */
  end: string;
  /** Money of the whole family, a month, in hundredths. */
  money: number;
  /** First and last of MONTHS in which the family is paid. */
  from: number;
  to: number;
}

/** What a family gets, decided from the skeleton alone; null for most. */
export function planAssistance(town: Town, skeleton: Skeleton): PlannedAssistance | null {
  const random = new Random(town.seed, PURPOSE.civil, skeleton.index);
  const head = skeleton.members[0]!;
  const chance = skeleton.kind === 'collective' ? 0 : ageAt(head.birth) >= 70 ? 0.1 : 0.062;
  if (!random.chance(chance)) return null;
  const type = random.weighted([
    ...[['01', 40] as const, ['02', 18] as const, ['03', 3] as const, ['04', 6] as const, ['05', 5] as const],
    ...[['06', 15] as const, ['07', 3] as const, ['08', 5] as const, ['10', 2] as const, ['11', 3] as const],
  ]);
  const late = random.chance(0.1);
  const early = !late && random.chance(0.08);
  const from = late ? random.between(1, MONTHS.length - 1) : 0;
  const to = early ? random.between(0, MONTHS.length - 2) : MONTHS.length - 1;
  const year = random.between(2018, 2025);
  return {
    type,
    level: random.pick(['A', 'B', 'C']),
    begin: late ? MONTHS[from]! : `${year}-${String(random.between(1, 12)).padStart(2, '0')}`,
    end: early ? MONTHS[to]! : random.chance(0.1) ? '2026-12' : '3000-01',
    money: (30_000 + random.below(40_000)) * skeleton.members.length,
    ...{ from, to },
  };
}

/** For each month, the people listed in it, in order (a family's members lie together); a few are listed twice. */
export function indexAssistance(town: Town): Uint32Array[] {
  const months: number[][] = MONTHS.map(() => []);
  let ordinal = 0;
  for (let index = 0; index < town.households; index++) {
    const skeleton = town.skeleton(index);
    const plan = planAssistance(town, skeleton);
    if (plan === null) continue;
    const first = town.census.firstPerson[index]!;
    for (let month = plan.from; month <= plan.to; month++) {
      skeleton.members.forEach((member, position) => {
        if (member.life !== 'alive') return;
        months[month]!.push(first + position);
        if (strikes(DIRT_RATES.duplicateRow, ordinal++)) months[month]!.push(first + position);
      });
    }
  }
  return months.map((people) => Uint32Array.from(people));
}
