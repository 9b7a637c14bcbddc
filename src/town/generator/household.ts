import { ageAt, compactDate, type Day } from './calendar.js';
import { idNumber, NEIGHBOUR_REGION, REGION } from './id-number.js';
import { mobileNumber } from './keys.js';
import { drawDottedName, drawGivenName, drawSurname } from './names.js';
import type { Random } from './random.js';
import type { Member, Skeleton } from './skeleton.js';

/** A human being of the town, as he or she is: the truth, before any system writes it down. */
export interface Person extends Member {
  /** 0 … people − 1 */
  index: number;
  household: number;
  /** Place in the household, 0 = head. */
  position: number;
  age: number;
  name: string;
  /** '' for most */
  formerName: string;
  idNumber: string;
  /** GB/T 3304, two digits */
  ethnicity: string;
  /** The number that is really his or hers; null for children. */
  mobile: string | null;
  /** What he or she gives as contact; '' when none. */
  contactPhone: string;
}

/** Somebody who does not live in town but stands in its registers. */
export interface Outsider {
  name: string;
  sex: Member['sex'];
  birth: Day;
  idNumber: string;
}

export interface Household extends Omit<Skeleton, 'members'> {
  members: Person[];
  formerSpouse: Outsider | null;
  /** Where they live, and where they are registered (a dwelling's number). */
  home: number;
  registered: number;
  /** Where they lived before. */
  previous: number;
}

const ETHNICITIES: readonly (readonly [string, number])[] = [
  ['01', 930],
  ['11', 14],
  ['03', 12],
  ['05', 12],
  ['08', 10],
  ['06', 8],
  ['15', 6],
  ['02', 4],
  ['10', 4],
];
const UYGHUR = '05';

/** Draws names, ethnicity and phones for a household's skeleton. `sequences` are those of its members' ID numbers. */
export function furnish(random: Random, skeleton: Skeleton, first: number, sequences: ArrayLike<number>): Person[] {
  const ethnicity = random.weighted(ETHNICITIES);
  const surname = drawSurname(random);
  const maternal = drawSurname(random);
  const taken = new Set<string>();
  const people = skeleton.members.map((member, position): Person => {
    const index = first + position;
    const own = member.role === 'child' || position === 0 || (member.role === 'parent' && member.sex === 'M');
    const family = own ? surname : member.role === 'spouse' ? maternal : drawSurname(random);
    let name: string;
    do {
      name = ethnicity === UYGHUR ? drawDottedName(random, member.sex) : family + drawGivenName(random, member.sex);
    } while (taken.has(name));
    taken.add(name);
    const age = ageAt(member.birth);
    const renamed = ethnicity !== UYGHUR && random.chance(0.03);
    const mobile = age >= 14 ? mobileNumber(index, 0) : null;
    return {
      role: member.role,
      sex: member.sex,
      birth: member.birth,
      twin: member.twin,
      marital: member.marital,
      borrowsPhone: member.borrowsPhone,
      protectedPerson: member.protectedPerson,
      life: member.life,
      lifeDay: member.lifeDay,
      index,
      household: skeleton.index,
      position,
      age,
      name,
      formerName: renamed ? family + drawGivenName(random, member.sex) : '',
      idNumber: idNumber(REGION, member.birth, sequences[index]!),
      ethnicity: position > 0 && random.chance(0.02) ? '01' : ethnicity,
      mobile: member.borrowsPhone ? null : mobile,
      contactPhone: member.borrowsPhone ? '' : (mobile ?? ''),
    };
  });
  for (const person of people) if (person.borrowsPhone) person.contactPhone = borrowedPhone(person, people);
  return people;
}

/** The phone of the household's first other member who has one; people alone use their neighbour's. */
function borrowedPhone(borrower: Person, people: readonly Person[]): string {
  const lender = people.find((person) => person !== borrower && person.mobile !== null);
  if (lender) return lender.mobile!;
  return mobileNumber(borrower.index === 0 ? 1 : borrower.index - 1, 0);
}

export function drawFormerSpouse(random: Random, former: NonNullable<Skeleton['former']>, sequence: number): Outsider {
  return {
    name: drawSurname(random) + drawGivenName(random, former.sex),
    sex: former.sex,
    birth: former.birth,
    idNumber: idNumber(REGION, former.birth, sequence),
  };
}

/** A former owner from the neighbouring county; stands in soft-deleted rows only. */
export function drawStranger(random: Random, birth: Day): Outsider {
  const sex = random.chance(0.5) ? 'M' : 'F';
  const sequence = random.below(499) * 2 + (sex === 'M' ? 1 : 2);
  return {
    ...{ sex, birth, name: drawSurname(random) + drawGivenName(random, sex) },
    idNumber: idNumber(NEIGHBOUR_REGION, birth, sequence),
  };
}

export const birthText = (person: { birth: Day }): string => compactDate(person.birth);
