import { ageAt } from './calendar.js';
import { DIRT_RATES } from './dirt-rates.js';
import { PURPOSE, Random } from './random.js';
import type { Member, Skeleton } from './skeleton.js';
import type { Town } from './town.js';

export type LineType = 'mobile' | 'broadband' | 'iptv' | 'fixed';

export interface PlannedLine {
  type: LineType;
  /** 0–7, unique within the person. */
  line: number;
}

/** One holder record: a person, or the same person registered a second time (copy 1). */
export interface PlannedHolder {
  position: number;
  copy: 0 | 1;
  lines: PlannedLine[];
}

/** Own mobile line by age; those who use another's phone may still hold a fixed line. */
function linesOf(random: Random, member: Member): PlannedLine[] {
  const age = ageAt(member.birth);
  const chance = random.unit();
  const second = random.chance(0.12);
  const lines: PlannedLine[] = [];
  if (age < 16) return lines;
  if (member.borrowsPhone) return chance < 0.4 ? [{ type: 'fixed', line: 6 }] : lines;
  if (chance < 0.83) {
    lines.push({ type: 'mobile', line: 0 });
    if (second) lines.push({ type: 'mobile', line: 1 });
  }
  return lines;
}

/** Who of a household holds which lines: decided from the skeleton alone, so that the whole town can be counted fast. */
export function planHolders(town: Town, skeleton: Skeleton): PlannedHolder[] {
  const random = new Random(town.seed, PURPOSE.telecom, skeleton.index);
  const wired = skeleton.kind !== 'collective' && random.chance(0.62);
  const television = wired && random.chance(0.3);
  const landline = random.chance(0.05);
  const holders: PlannedHolder[] = [];
  skeleton.members.forEach((member, position) => {
    const lines = linesOf(random, member);
    const twice = random.chance(DIRT_RATES.duplicatePerson);
    if (position === 0) {
      if (wired) lines.push({ type: 'broadband', line: 4 });
      if (television) lines.push({ type: 'iptv', line: 5 });
      if (landline && !member.borrowsPhone) lines.push({ type: 'fixed', line: 6 });
    }
    if (lines.length === 0) return;
    holders.push({ position, copy: 0, lines });
    if (twice && !member.borrowsPhone) holders.push({ position, copy: 1, lines: [{ type: 'mobile', line: 2 }] });
  });
  return holders;
}

/** Where in the lists of holders and lines each household begins; one more entry than households. */
export interface TelecomIndex {
  holders: Uint32Array;
  lines: Uint32Array;
}

export function indexTelecom(town: Town): TelecomIndex {
  const holders = new Uint32Array(town.households + 1);
  const lines = new Uint32Array(town.households + 1);
  for (let index = 0; index < town.households; index++) {
    const plan = planHolders(town, town.skeleton(index));
    holders[index + 1] = holders[index]! + plan.length;
    lines[index + 1] = lines[index]! + plan.reduce((sum, holder) => sum + holder.lines.length, 0);
  }
  return { holders, lines };
}

/** The household in which entry `position` of a list lies. */
export function householdAt(starts: Uint32Array, position: number): number {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
