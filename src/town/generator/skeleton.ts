import { AS_OF, ageAt, years, type Day } from './calendar.js';
import { DIRT_RATES } from './dirt-rates.js';
import { Random, PURPOSE } from './random.js';

export type Sex = 'M' | 'F';
export type HouseholdKind =
  'single' | 'couple' | 'children' | 'threeGenerations' | 'singleParent' | 'withParent' | 'collective';

/** What decides who a person is, before any name is drawn. */
export interface Member {
  /** Relation to the head of the household. */
  role: 'head' | 'spouse' | 'child' | 'parent' | 'other';
  sex: Sex;
  birth: Day;
  twin: boolean;
  marital: 'never' | 'married' | 'divorced' | 'widowed';
  /** Uses somebody else's number as contact phone. */
  borrowsPhone: boolean;
  /** Masked in every system. */
  protectedPerson: boolean;
  life: 'alive' | 'deceased' | 'movedOut';
  /** Day of death or of moving out. */
  lifeDay: Day;
}

export interface Skeleton {
  index: number;
  kind: HouseholdKind;
  members: Member[];
  /** Positions of husband and wife, and their wedding day. */
  couple: { man: number; woman: number; wedding: Day } | null;
  /** A divorced member's former spouse, who does not live in town. */
  former: { member: number; birth: Day; sex: Sex; wedding: Day; divorce: Day } | null;
}

const KINDS: readonly (readonly [HouseholdKind, number])[] = [
  ['single', 200],
  ['couple', 220],
  ['children', 330],
  ['threeGenerations', 110],
  ['singleParent', 50],
  ['withParent', 60],
  ['collective', 30],
];
/** Measured over the kinds above; `population.spec.ts` checks it. */
export const MEAN_HOUSEHOLD = 2.59;
const KINDS_WITH_CHILDREN = 0.49;
const TWIN_BIRTHS = ((DIRT_RATES.twins / 2) * MEAN_HOUSEHOLD) / KINDS_WITH_CHILDREN;

const bornAtAge = (random: Random, age: number): Day => AS_OF - years(age) - 1 - random.below(365);
/** A bound that does not heap births on one day: what lies beyond is drawn anew near it. */
const notAfter = (random: Random, date: Day, last: Day): Day => (date <= last ? date : last - random.below(1200));
const notBefore = (random: Random, date: Day, first: Day): Day => (date >= first ? date : first + random.below(1200));
const otherSex = (sex: Sex): Sex => (sex === 'M' ? 'F' : 'M');
const drawSex = (random: Random): Sex => (random.chance(0.51) ? 'M' : 'F');

/** Draws who lives in household `index`: roles, sexes, birth dates, weddings. Cheap enough to run over the whole town. */
export function drawSkeleton(seed: number, index: number): Skeleton {
  const random = new Random(seed, PURPOSE.household, index);
  const kind = random.weighted(KINDS);
  const members: Member[] = [];
  const add = (role: Member['role'], sex: Sex, birth: Day, marital: Member['marital'] = 'never'): void => {
    members.push({
      role,
      sex,
      birth,
      twin: false,
      marital,
      borrowsPhone: random.chance(DIRT_RATES.sharedPhone),
      protectedPerson: random.chance(DIRT_RATES.maskedEverywhere),
      life: 'alive',
      lifeDay: 0,
    });
  };
  let couple: Skeleton['couple'] = null;
  switch (kind) {
    case 'single':
      add('head', drawSex(random), bornAtAge(random, random.between(20, 88)));
      break;
    case 'collective': {
      const size = random.between(3, 6);
      for (let i = 0; i < size; i++)
        add(i === 0 ? 'head' : 'other', drawSex(random), bornAtAge(random, random.between(19, 38)));
      break;
    }
    case 'singleParent':
      add('head', random.chance(0.25) ? 'M' : 'F', bornAtAge(random, random.between(26, 55)));
      addChildren(random, members, add, members[0]!.birth + years(22), 1);
      break;
    case 'withParent':
      add('head', drawSex(random), bornAtAge(random, random.between(30, 62)));
      addParents(random, members, add, 1);
      break;
    case 'couple':
    case 'children':
    case 'threeGenerations': {
      const withChildren = kind !== 'couple';
      const headSex: Sex = random.chance(0.8) ? 'M' : 'F';
      const headBirth = bornAtAge(random, withChildren ? random.between(27, 70) : random.between(24, 85));
      add('head', headSex, headBirth, 'married');
      const spouseBirth = notAfter(random, headBirth + random.between(-years(5), years(5)), AS_OF - years(23));
      add('spouse', otherSex(headSex), spouseBirth, 'married');
      const earliest = Math.max(headBirth, spouseBirth) + years(22);
      const wedding = Math.min(earliest + random.below(years(7)), AS_OF - 40 - random.below(300));
      couple = { man: headSex === 'M' ? 0 : 1, woman: headSex === 'M' ? 1 : 0, wedding };
      if (withChildren) addChildren(random, members, add, wedding + 280, random.chance(0.3) ? 2 : 1);
      if (kind === 'threeGenerations') addParents(random, members, add, random.chance(0.4) ? 2 : 1);
      break;
    }
  }
  const former = settleMarital(random, members, couple !== null);
  settleLife(random, members);
  return { index, kind, members, couple, former };
}

type Add = (role: Member['role'], sex: Sex, birth: Day, marital?: Member['marital']) => void;

function addChildren(random: Random, members: Member[], add: Add, from: Day, count: number): void {
  const latest = AS_OF - 30;
  const first = Math.min(from + random.below(years(6)), latest - random.below(400));
  add('child', drawSex(random), first);
  if (random.chance(TWIN_BIRTHS)) {
    members[members.length - 1]!.twin = true;
    add('child', random.chance(0.75) ? members[members.length - 1]!.sex : drawSex(random), first);
    members[members.length - 1]!.twin = true;
  } else if (count > 1) {
    const second = first + years(2) + random.below(years(4));
    if (second < latest) add('child', drawSex(random), second);
  }
}

function addParents(random: Random, members: Member[], add: Add, count: number): void {
  const birth = notBefore(random, members[0]!.birth - years(23) - random.below(years(9)), AS_OF - years(99));
  const sex: Sex = random.chance(0.35) ? 'M' : 'F';
  add('parent', sex, birth, count === 2 ? 'married' : 'widowed');
  if (count === 2) add('parent', otherSex(sex), birth + random.between(-years(3), years(3)), 'married');
}

/** Heads without a spouse may be divorced or widowed; a divorce of the last years leaves a former spouse elsewhere. */
function settleMarital(random: Random, members: Member[], hasCouple: boolean): Skeleton['former'] {
  const head = members[0]!;
  const age = ageAt(head.birth);
  if (hasCouple || age < 27 || members.length > 3 || head.marital !== 'never') return null;
  const fate = random.unit();
  if (age > 60 && fate < 0.6) head.marital = 'widowed';
  else if (fate > 0.68) head.marital = 'divorced';
  if (head.marital !== 'divorced') return null;
  const birth = notAfter(random, head.birth + random.between(-years(4), years(4)), AS_OF - years(25));
  const wedding = Math.max(head.birth, birth) + years(22) + random.below(400);
  const divorce = wedding + 300 + random.below(Math.max(1, AS_OF - 60 - wedding - 300));
  return { member: 0, birth, sex: otherSex(head.sex), wedding, divorce };
}

function settleLife(random: Random, members: Member[]): void {
  members.forEach((member, position) => {
    if (position === 0 && members.length > 1) return;
    const age = ageAt(member.birth);
    if (age >= 65 && random.chance(0.05)) {
      member.life = 'deceased';
      member.lifeDay = AS_OF - 20 - random.below(1000);
      if (member.role === 'spouse') members[0]!.marital = 'widowed';
    } else if (age >= 20 && age < 65 && random.chance(0.012)) {
      member.life = 'movedOut';
      member.lifeDay = AS_OF - 20 - random.below(700);
    }
  });
}
