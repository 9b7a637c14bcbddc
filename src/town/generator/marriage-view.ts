import { AS_OF, clockTime, dayOf, isoDate, partsOf, type Day } from './calendar.js';
import { DIRT_RATES, strikes } from './dirt-rates.js';
import { writeOutsider, writeDown, type Written } from './written.js';
import type { Household, Outsider, Person } from './household.js';
import { REGION } from './id-number.js';
import { civilGuid } from './keys.js';
import { PURPOSE, Random } from './random.js';
import type { Skeleton } from './skeleton.js';
import type { Town } from './town.js';

/** IA marriage, IB divorce, ICA certificate of marriage issued again, IC registered afterwards, ID revoked. */
export type Operation = 'IA' | 'IB' | 'ICA' | 'IC' | 'ID';

export interface PlannedMarriage {
  household: number;
  /** Place among the household's operations. */
  turn: number;
  operation: Operation;
  day: Day;
  /** Second of the day. */
  second: number;
  /** Turn of the operation that this one cancels, or −1. */
  cancels: number;
}

/** The journal that the service answers from. */
export const JOURNAL_FROM = dayOf(2015, 1, 1);

/** A household's operations within the journal, in order of day. */
export function planMarriages(town: Town, skeleton: Skeleton): PlannedMarriage[] {
  const random = new Random(town.seed, PURPOSE.marriage, skeleton.index);
  const plans: PlannedMarriage[] = [];
  const fate = random.unit();
  const later = random.below(2500);
  const opening = random.between(30_600, 58_000);
  const add = (operation: Operation, day: Day, cancels = -1): void => {
    if (day < JOURNAL_FROM || day >= AS_OF) return;
    const turn = plans.length;
    plans.push({ household: skeleton.index, turn, operation, day, second: opening + turn * 900, cancels });
  };
  const { couple, former } = skeleton;
  if (couple) {
    const { wedding } = couple;
    if (fate < 0.01 && wedding >= JOURNAL_FROM) {
      add('IA', wedding);
      add('ID', wedding + 3, 0);
      add('IA', wedding + 3);
    } else if (wedding < JOURNAL_FROM && fate > 0.98) {
      add('IC', JOURNAL_FROM + later);
    } else {
      add('IA', wedding);
      if (fate > 0.9) add('ICA', Math.max(wedding, JOURNAL_FROM) + 90 + later);
    }
  }
  if (former) {
    add('IA', former.wedding);
    add('IB', former.divorce);
  }
  return plans;
}

/** All operations of the town by time (then household and turn): the order of the service's lists. */
export function indexMarriages(town: Town): PlannedMarriage[] {
  const all: PlannedMarriage[] = [];
  for (let index = 0; index < town.households; index++) all.push(...planMarriages(town, town.skeleton(index)));
  return all.sort((a, b) => a.day - b.day || a.second - b.second || a.household - b.household || a.turn - b.turn);
}

export interface Party {
  person: Person | null;
  outsider: Outsider | null;
  written: Written;
}

export interface MarriageEntry {
  /** Element name → text. */
  row: Record<string, string>;
  man: Party;
  woman: Party;
}

function party(town: Town, household: Household, plan: PlannedMarriage, sex: 'M' | 'F'): Party {
  const random = new Random(
    town.seed,
    PURPOSE.marriageDirt,
    (plan.household * 4 + plan.turn) * 2 + (sex === 'M' ? 0 : 1),
  );
  const { couple, former } = household;
  const position = couple ? (sex === 'M' ? couple.man : couple.woman) : former!.sex === sex ? null : former!.member;
  if (position === null) {
    const outsider = household.formerSpouse!;
    return { person: null, outsider, written: writeOutsider(outsider) };
  }
  const person = household.members[position]!;
  return { person, outsider: null, written: writeDown(random, person, 'registry') };
}

export const marriageKey = (town: Town, plan: PlannedMarriage): string =>
  civilGuid(town.seed, 'marry', plan.household * 4 + plan.turn);

/** `YYYY-MM-DD HH:mm:ss` */
export const operationTime = (plan: PlannedMarriage): string => `${isoDate(plan.day)} ${clockTime(plan.second)}`;

/** The MARRY element of one operation and who its parties are; `ordinal` is its place in the whole list. */
export function marriageEntry(town: Town, household: Household, plan: PlannedMarriage, ordinal: number): MarriageEntry {
  const man = party(town, household, plan, 'M');
  const woman = party(town, household, plan, 'F');
  const serial = String(plan.household * 4 + plan.turn).padStart(7, '0');
  const letter = plan.operation === 'IB' ? 'L' : 'J';
  const { estate } = town.dwelling(household.registered);
  return {
    ...{ man, woman },
    row: {
      MARRY_ID: marriageKey(town, plan),
      CERT_NO: `${letter}${REGION}-${partsOf(plan.day).year}-${serial}`,
      OP_TYPE: strikes(DIRT_RATES.unknownCode, ordinal) ? 'IX' : plan.operation,
      OP_DATE: `${operationTime(plan)}`,
      DEPT_CODE: `${REGION}000000`,
      DEPT_NAME: `测试区民政局婚姻登记处${estate.streetName.length % 2 === 0 ? '' : '第二窗口'}`,
      NAME_MAN: man.written.name,
      CERT_TYPE_MAN: '111',
      CERT_NUM_MAN: man.written.idNumber,
      NAME_WOMAN: woman.written.name,
      CERT_TYPE_WOMAN: '111',
      CERT_NUM_WOMAN: woman.written.idNumber,
      CANCELS: plan.cancels < 0 ? '' : marriageKey(town, { ...plan, turn: plan.cancels }),
    },
  };
}
