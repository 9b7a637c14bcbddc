import { ageAt, dayOf, type Day } from './calendar.js';
import { drawSkeleton, type Member, type Skeleton } from './skeleton.js';

const FIRST_DAY = dayOf(1915, 1, 1);
const DAYS = dayOf(2027, 1, 1) - FIRST_DAY;

/** The two people of the town to whom the same ID number was issued (重号). */
export interface DuplicateNumber {
  first: number;
  second: number;
}

/**
 * One pass over the households that keeps only what cannot be computed from a household's number: where its people
 * begin in the count, and the sequence part of each ID number (which must be unique within birth date and sex).
 * 6 bytes a person.
 */
export interface Census {
  people: number;
  households: number;
  /** First person of household h; one entry more than households. */
  firstPerson: Uint32Array;
  sequences: Uint16Array;
  /** Sequence of the former spouse of household h; 0 = none. */
  formerSequences: Uint16Array;
  duplicate: DuplicateNumber | null;
}

/** Numbers within (birth date, sex), scattered over 1–982 with the parity of the sex. */
class Sequencer {
  private readonly taken = new Uint16Array(DAYS * 2);
  next(birth: Day, sex: Member['sex']): number {
    const cell = (birth - FIRST_DAY) * 2 + (sex === 'M' ? 1 : 0);
    const turn = this.taken[cell]!++;
    if (turn >= 491) throw new RangeError('too many births on one day: the town is too large for one county');
    const scattered = (turn * 37 + cell * 101) % 491;
    return scattered * 2 + (sex === 'M' ? 1 : 2);
  }
}

/** Finds two adults of one sex born on one day in different households, for the town's one duplicate number. */
class DuplicateFinder {
  private readonly seen = new Uint32Array(DAYS * 2);
  found: DuplicateNumber | null = null;
  /** The person whose number this one gets too, or null. */
  offer(person: number, position: number, member: Member): number | null {
    const age = ageAt(member.birth);
    if (this.found !== null || position !== 0 || age < 28 || age > 62 || member.protectedPerson) return null;
    const cell = (member.birth - FIRST_DAY) * 2 + (member.sex === 'M' ? 1 : 0);
    const earlier = this.seen[cell]!;
    if (earlier === 0) {
      this.seen[cell] = person + 1;
      return null;
    }
    this.found = { first: earlier - 1, second: person };
    return earlier - 1;
  }
}

/** Takes the census of a town of exactly `people` people; the last household is cut where the count is reached. */
export function takeCensus(seed: number, people: number): Census {
  const firstPerson = new Uint32Array(people + 1);
  const formerSequences = new Uint16Array(people);
  const sequences = new Uint16Array(people);
  const sequencer = new Sequencer();
  const finder = new DuplicateFinder();
  let households = 0;
  let person = 0;
  while (person < people) {
    const skeleton = cut(drawSkeleton(seed, households), people - person);
    firstPerson[households] = person;
    skeleton.members.forEach((member, position) => {
      const twinNumber = finder.offer(person, position, member);
      sequences[person] = twinNumber === null ? sequencer.next(member.birth, member.sex) : sequences[twinNumber]!;
      person += 1;
    });
    if (skeleton.former) formerSequences[households] = sequencer.next(skeleton.former.birth, skeleton.former.sex);
    households += 1;
  }
  firstPerson[households] = person;
  return {
    people,
    households,
    firstPerson: firstPerson.slice(0, households + 1),
    sequences,
    formerSequences: formerSequences.slice(0, households),
    duplicate: finder.found,
  };
}

/** Cuts a household to `size` people, where the town's count ends inside it. */
export function cut(skeleton: Skeleton, size: number): Skeleton {
  if (skeleton.members.length <= size) return skeleton;
  const members = skeleton.members.slice(0, size);
  const { couple } = skeleton;
  const kept = couple !== null && couple.man < size && couple.woman < size ? couple : null;
  const twins = members.filter((member) => member.twin).length;
  return {
    ...skeleton,
    members: members.map((member) => (member.twin && twins < 2 ? { ...member, twin: false } : member)),
    couple: kept,
  };
}
