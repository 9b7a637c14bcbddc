import { DIRT_RATES, strikes } from './dirt-rates.js';
import { monthName, planAssistance, type PlannedAssistance } from './civil-plan.js';
import { ADDRESS_STYLES } from './geography.js';
import type { Household, Person } from './household.js';
import { civilGuid } from './keys.js';
import { PURPOSE, Random } from './random.js';
import type { Town } from './town.js';
import { drawAddress, writeDown, type Written } from './written.js';

/** A SAM_PEOPLE element: element name → text, in the order of the message. */
export type AssistanceRow = Record<string, string>;

/** Category texts of other provinces' forms, typed where a code belongs. */
export const CATEGORY_WORDS = [
  ...[
    '城市最低生活保障',
    '农村最低生活保障',
    '特困人员供养',
    '单人保家庭',
    '低保边缘家庭',
    '支出型困难家庭',
    '临时救助',
  ],
  '2023一级重度残疾人护理补贴',
];

const MARITAL = { never: '10', married: '20', divorced: '40', widowed: '30' } as const;
const ROLE = {
  head: { M: '02', F: '02' },
  spouse: { M: '11', F: '12' },
  child: { M: '20', F: '30' },
  parent: { M: '51', F: '52' },
  other: { M: '99', F: '99' },
} as const;

export const familyKey = (town: Town, household: number): string => civilGuid(town.seed, 'family', household);
export const peopleKey = (town: Town, person: number): string => civilGuid(town.seed, 'people', person);

/** How civil affairs wrote this person down: once, for all months. */
export function civilWritten(town: Town, person: Person): Written {
  return writeDown(new Random(town.seed, PURPOSE.civilDirt, person.index), person, 'counter');
}

/** The row of one listed person in month `month` (index into MONTHS); `ordinal` is its place over all months. */
export function assistanceRow(
  town: Town,
  household: Household,
  person: Person,
  plan: PlannedAssistance,
  month: number,
  ordinal: number,
): AssistanceRow {
  const random = new Random(town.seed, PURPOSE.civil, town.people + person.index);
  const written = civilWritten(town, person);
  const [slot, style] = drawAddress(random, household.home, household.previous, ADDRESS_STYLES);
  const beneficiary = person.position === 0 || random.chance(0.75);
  const words = random.chance(DIRT_RATES.codeInWords) ? random.pick(CATEGORY_WORDS) : null;
  return {
    PAY_MONTH: monthName(month),
    FAMILY_ID: familyKey(town, household.index),
    PEOPLE_ID: peopleKey(town, person.index),
    NAME: written.name,
    ID_CARD: written.idNumber,
    SEX: person.sex === 'M' ? '1' : '2',
    NATION: person.ethnicity,
    MARRIAGE_CODE: MARITAL[person.marital],
    RELATIONSHIP_TYPE: strikes(DIRT_RATES.unknownCode, ordinal) ? '98' : ROLE[person.role][person.sex],
    IS_ASSISTANCE: beneficiary ? '1' : '0',
    ASSISTANCE_TYPE: words ?? plan.type,
    ASSISTANCE_LEVEL: plan.level,
    DOMICILE_CODE: town.dwelling(household.registered).estate.communityCode,
    APANAGE_CODE: town.dwelling(household.home).estate.communityCode,
    BEGIN_DATE: plan.begin,
    END_DATE: plan.end,
    ASSISTANCE_MONEY: beneficiary ? (plan.money / household.members.length / 100).toFixed(2) : '0.00',
    PHONE: written.phone,
    ADDRESS: town.address(slot, style),
  };
}

/**
 * Reads the listed people of month `month` from place `start`. `ordinals` is how many rows the earlier months hold; a
 * person listed twice is the same row twice.
 */
export function* assistanceRows(
  town: Town,
  listed: Uint32Array,
  month: number,
  ordinals: number,
  start = 0,
  end = listed.length,
): Generator<AssistanceRow> {
  for (let place = start; place < Math.min(end, listed.length); place++) {
    const index = listed[place]!;
    const household = town.household(town.householdOf(index));
    const person = household.members[index - household.members[0]!.index]!;
    const ordinal = ordinals + (place > 0 && listed[place - 1] === index ? place - 1 : place);
    yield assistanceRow(town, household, person, planAssistance(town, household)!, month, ordinal);
  }
}

/** The assisted people of a household, or none. */
export function assistedPeople(town: Town, household: Household): Person[] {
  return planAssistance(town, household) === null ? [] : household.members.filter((person) => person.life === 'alive');
}
