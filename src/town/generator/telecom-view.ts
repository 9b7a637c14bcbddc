import { AS_OF, clockTime, isoDate, years, type Day } from './calendar.js';
import { DIRT_RATES, strikes } from './dirt-rates.js';
import { ADDRESS_STYLES } from './geography.js';
import type { Household, Person } from './household.js';
import { mobileNumber, telecomCustomer, telecomIndividual, telecomProduct } from './keys.js';
import { PURPOSE, Random } from './random.js';
import { planHolders, type LineType } from './telecom-plan.js';
import type { Town } from './town.js';
import { drawAddress, writeDown, type Written } from './written.js';

/** One line of a holder: what TMF637 shows as a product. */
export interface Line {
  id: string;
  type: LineType;
  /** MSISDN of a mobile line, account number of the others. */
  number: string;
  name: string;
  status: string;
  statusReason: string;
  startDate: string;
  terminationDate: string;
  /** '' for mobile lines. */
  address: string;
}

/** One holder: TMF632 individual, TMF629 customer and his or her lines. */
export interface Holder {
  individual: string;
  customer: string;
  person: Person;
  written: Written;
  gender: string;
  birthDate: string;
  status: string;
  since: string;
  lines: Line[];
}

/** A line and whose it is. */
export interface OwnedLine {
  holder: Holder;
  line: Line;
}

/** Words that other offices typed into the gender field. */
export const GENDER_WORDS = { M: ['Male', 'M', '男', '1'], F: ['Female', 'F', '女', '2'] } as const;

const PLANS: Record<LineType, string[]> = {
  mobile: ['畅享套餐59元', '畅享套餐99元', '5G融合套餐129元', '孝心卡19元'],
  broadband: ['家庭宽带300M', '家庭宽带500M', '家庭宽带1000M'],
  iptv: ['高清电视基础包', '高清电视尊享包'],
  fixed: ['市话包月20元'],
};

export const instant = (day: Day, second = 0): string => `${isoDate(day)}T${clockTime(second)}+08:00`;

function line(town: Town, household: Household, holder: { person: Person; type: LineType; number: number }): Line {
  const { person, type, number } = holder;
  const random = new Random(town.seed, PURPOSE.telecom, town.people + person.index * 8 + number);
  const started = AS_OF - 60 - random.below(years(9));
  const [status, reason] = random.weighted<readonly [string, string]>([
    [['active', ''], 900],
    [['suspended', 'arrears'], 35],
    [['suspended', 'user'], 15],
    [['terminated', 'user'], 40],
    [['created', ''], 10],
  ]);
  const [slot, style] = drawAddress(random, household.home, household.previous, ADDRESS_STYLES);
  const digits = mobileNumber(person.index, 0).slice(3);
  return {
    id: telecomProduct(person.index, number),
    type,
    number: type === 'mobile' ? mobileNumber(person.index, number) : `9901${number}${digits}`,
    name: random.pick(PLANS[type]),
    status,
    statusReason: reason,
    startDate: instant(started, 36_000),
    terminationDate: status === 'terminated' ? instant(Math.min(started + random.below(1500) + 30, AS_OF - 5)) : '',
    address: type === 'mobile' ? '' : town.address(slot, style),
  };
}

/** The holders of one household, in order; without their lines where only the holders are asked for. */
export function householdHolders(town: Town, household: Household, withLines = true): Holder[] {
  return planHolders(town, household).map((plan): Holder => {
    const person = household.members[plan.position]!;
    const random = new Random(town.seed, PURPOSE.telecomDirt, person.index * 2 + plan.copy);
    const written = writeDown(random, person, 'counter');
    const words = random.chance(DIRT_RATES.codeInWords) ? random.pick(GENDER_WORDS[person.sex]) : null;
    const noGender = random.chance(0.01) ? 'unknown' : null;
    const noBirth = random.chance(DIRT_RATES.placeholderBirthDate);
    const since = AS_OF - 60 - random.below(years(10));
    return {
      individual: telecomIndividual(person.index, plan.copy),
      customer: telecomCustomer(person.index, plan.copy),
      ...{ person, written },
      gender: words ?? noGender ?? (person.sex === 'M' ? 'male' : 'female'),
      birthDate: noBirth ? '1900-01-01T00:00:00+08:00' : instant(person.birth),
      status: random.chance(0.98) ? 'validated' : 'initialized',
      since: instant(since, 33_000),
      lines: (withLines ? plan.lines : []).map(({ type, line: number }) =>
        line(town, household, { person, type, number }),
      ),
    };
  });
}

/** The holder at place `ordinal` of the list, with an unknown gender now and then. */
export const holderAt = (holder: Holder, ordinal: number): Holder =>
  strikes(DIRT_RATES.unknownCode, ordinal) ? { ...holder, gender: 'X9' } : holder;

/** The line at place `ordinal` of the list, with an unknown status now and then. */
export const lineAt = (line: Line, ordinal: number): Line =>
  strikes(DIRT_RATES.unknownCode, ordinal) ? { ...line, status: 'parked' } : line;
