import { AS_OF, clockTime, compactDate, dayOf, years, type Day } from './calendar.js';
import { DIRT_RATES, strikes } from './dirt-rates.js';
import type { Household, Person } from './household.js';
import { idNumber, REGION } from './id-number.js';
import { householdNumber, policeHousehold, policePerson, policeVersion } from './keys.js';
import { Random, PURPOSE } from './random.js';
import type { Town } from './town.js';
import { writeDown, type Written } from './written.js';

/** Columns of CZRKJBXXB (常住人口基本信息表), the names of hz2004. */
export const RESIDENT_COLUMNS = [
  ...['rynbid', 'ryid', 'hhnbid', 'gmsfhm', 'xm', 'cym', 'xb', 'mz', 'csrq', 'hyzk', 'yhzgx', 'hh', 'hb', 'ssxq'],
  ...['jcwh', 'jlx', 'mlph', 'mlxz', 'pcs', 'dhhm', 'ryzt', 'jlbz', 'cxbz', 'qysj', 'jssj', 'swrq'],
] as const;
export type ResidentRow = Record<(typeof RESIDENT_COLUMNS)[number], string>;

/** Columns of HXXB (户信息表). */
export const HOUSEHOLD_COLUMNS = [
  ...['hhnbid', 'hh', 'hlx', 'hzxm', 'hzgmsfhm', 'ssxq', 'jcwh', 'mlxz', 'pcs', 'jhrq'],
] as const;
export type HouseholdRow = Record<
  'hhnbid' | 'hh' | 'hlx' | 'hzxm' | 'hzgmsfhm' | 'ssxq' | 'jcwh' | 'mlxz' | 'pcs' | 'jhrq',
  string
>;

/** Some gates have an annexe, and so the plate a comma: those cells need quotes. */
export const plate = (number: number): string => (number % 17 === 3 ? `${number}号,附1号` : `${number}号`);

const LIFE = { alive: '0', deceased: '1', movedOut: '2' } as const;

/** `YYYYMMDDHHmmss` */
export const moment = (day: Day, second: number): string =>
  `${compactDate(day)}${clockTime(second).replaceAll(':', '')}`;

function relation(person: Person, household: Household): string {
  switch (person.role) {
    case 'head':
      return '02';
    case 'spouse':
      return person.sex === 'M' ? '11' : '12';
    case 'parent':
      return person.sex === 'M' ? '51' : '52';
    case 'other':
      return '99';
    case 'child': {
      const children = household.members.filter((member) => member.role === 'child');
      const sameSex = children.filter((member) => member.sex === person.sex);
      const place = sameSex.indexOf(person);
      if (children.length === 1) return person.sex === 'M' ? '21' : '31';
      return `${person.sex === 'M' ? 2 : 3}${2 + place}`;
    }
  }
}

const MARITAL = { never: '10', married: '20', divorced: '40', widowed: '30' } as const;

/** How the police wrote this person down. */
export function policeWritten(town: Town, person: Person): Written {
  const random = new Random(town.seed, PURPOSE.policeDirt, person.index);
  return writeDown(random, person, 'police', town.hasDuplicateNumber(person.index));
}

function currentRow(town: Town, household: Household, person: Person, random: Random): ResidentRow {
  const place = town.dwelling(household.registered);
  const written = policeWritten(town, person);
  const since = Math.max(person.birth + 20, AS_OF - years(18) + random.below(years(10)));
  const second = random.between(8 * 3600, 17 * 3600);
  const marital = MARITAL[person.marital];
  const collective = household.kind === 'collective';
  return {
    rynbid: policeVersion(person.index, 0),
    ryid: policePerson(person.index),
    hhnbid: policeHousehold(household.index),
    gmsfhm: written.idNumber,
    xm: written.name,
    cym: person.formerName,
    xb: person.sex === 'M' ? '1' : '2',
    mz: person.ethnicity,
    csrq: compactDate(person.birth),
    hyzk: marital === '20' ? random.pick(['20', '21', '22']) : marital,
    yhzgx: relation(person, household),
    hh: householdNumber(household.index),
    hb: collective
      ? '20'
      : random.weighted([
          ['10', 8],
          ['11', 1],
          ['12', 1],
        ]),
    ssxq: REGION,
    jcwh: place.estate.communityCode,
    jlx: place.estate.road,
    mlph: plate(place.estate.roadNumber),
    mlxz: town.address(household.registered),
    pcs: place.estate.policeStationCode,
    dhhm: random.chance(0.9) ? person.contactPhone : '',
    ryzt: LIFE[person.life],
    jlbz: '1',
    cxbz: '0',
    qysj: moment(person.life === 'alive' ? since : person.lifeDay, second),
    jssj: '',
    swrq: person.life === 'deceased' ? compactDate(person.lifeDay) : '',
  };
}

/** A former address: closed when the current row began. */
function movedRow(town: Town, household: Household, person: Person, current: ResidentRow, random: Random): ResidentRow {
  const place = town.dwelling(household.previous);
  return {
    ...current,
    jcwh: place.estate.communityCode,
    jlx: place.estate.road,
    mlph: plate(place.estate.roadNumber),
    mlxz: town.address(household.previous),
    pcs: place.estate.policeStationCode,
    ...{ ryzt: '0', swrq: '', jlbz: '2', jssj: current.qysj },
    qysj: moment(Math.max(person.birth + 20, dayOf(2000, 1, 1) + random.below(years(6))), 9 * 3600),
  };
}

/** Before a correction (变更更正): another name, date of birth or ethnicity, right until somebody noticed. */
function correctedRow(person: Person, current: ResidentRow, random: Random): ResidentRow {
  const kind = random.below(3);
  const before =
    kind === 0
      ? { csrq: compactDate(person.birth - 1) }
      : kind === 1
        ? { mz: current.mz === '01' ? '11' : '01' }
        : { cym: '' };
  const earlier = moment(Math.max(person.birth + 20, dayOf(2000, 1, 1) + random.below(years(6))), 10 * 3600);
  return { ...current, ...before, ryzt: '0', swrq: '', jlbz: '2', qysj: earlier, jssj: current.qysj };
}

/**
 * A mistake and its reversal (冲销): the mistaken row is marked as paired (2), the reversing row as reversal (1), and
 * the row before them is open again, although both of them began later.
 */
function reversedPair(person: Person, current: ResidentRow, random: Random): [ResidentRow, ResidentRow] {
  const begun = Math.max(AS_OF - 900, person.birth + 30) + random.below(200);
  const mistaken = moment(Math.min(begun, AS_OF - 20), 11 * 3600);
  const reversed = moment(Math.min(begun + random.between(1, 9), AS_OF - 2), 15 * 3600);
  const kind = random.below(3);
  const mistake =
    kind === 0
      ? { ryzt: '1', swrq: mistaken.slice(0, 8) }
      : kind === 1
        ? { gmsfhm: idNumber(REGION, person.birth, person.sex === 'M' ? 991 : 992) }
        : { hyzk: current.hyzk === '40' ? '10' : '40' };
  const wrong = { ...current, ...mistake, jlbz: '2', cxbz: '2', qysj: mistaken, jssj: reversed };
  return [wrong, { ...wrong, cxbz: '1', qysj: reversed, jssj: reversed }];
}

/** All version rows of one person; about one in ten more than people. */
export function personRows(town: Town, household: Household, person: Person): ResidentRow[] {
  const random = new Random(town.seed, PURPOSE.police, person.index);
  const current = currentRow(town, household, person, random);
  const fate = random.unit();
  const rows = [current];
  const adult = person.age >= 22;
  if (adult && fate < 0.05) rows.unshift(movedRow(town, household, person, current, random));
  else if (adult && fate >= 0.05 && fate < 0.075) rows.unshift(correctedRow(person, current, random));
  else if (person.life === 'alive' && fate >= 0.075 && fate < 0.1) rows.push(...reversedPair(person, current, random));
  return rows.map((row, version) => ({ ...row, rynbid: policeVersion(person.index, version) }));
}

export function householdRow(town: Town, household: Household): HouseholdRow {
  const random = new Random(town.seed, PURPOSE.police, town.people + household.index);
  const place = town.dwelling(household.registered);
  const head = household.members[0]!;
  const adult = Math.max(head.birth + years(20), dayOf(1980, 1, 1));
  return {
    hhnbid: policeHousehold(household.index),
    hh: householdNumber(household.index),
    hlx: household.kind === 'collective' ? '2' : '1',
    hzxm: head.name,
    hzgmsfhm: policeWritten(town, head).idNumber,
    ssxq: REGION,
    jcwh: place.estate.communityCode,
    mlxz: town.address(household.registered),
    pcs: place.estate.policeStationCode,
    jhrq: compactDate(Math.min(adult + random.below(years(5)), AS_OF - 30)),
  };
}

const UNKNOWN_RESIDENT: Partial<ResidentRow>[] = [{ mz: '77' }, { hyzk: '24' }, { yhzgx: '98' }, { hb: '77' }];

/** The row at place `ordinal` of the file, with an unknown code now and then. */
export const residentAt = (row: ResidentRow, ordinal: number): ResidentRow =>
  strikes(DIRT_RATES.unknownCode, ordinal) ? { ...row, ...UNKNOWN_RESIDENT[ordinal % UNKNOWN_RESIDENT.length]! } : row;

/** The row at place `ordinal` of the households' file, with an unknown kind now and then. */
export const householdRowAt = (row: HouseholdRow, ordinal: number): HouseholdRow =>
  strikes(DIRT_RATES.unknownCode, ordinal) ? { ...row, hlx: '7' } : row;

/** The rows of the residents' file in order, with unknown codes and rows delivered twice. */
export function* residentRows(town: Town): Generator<ResidentRow> {
  let ordinal = 0;
  for (const household of town.allHouseholds()) {
    for (const person of household.members) {
      for (const row of personRows(town, household, person)) {
        const out = residentAt(row, ordinal);
        yield out;
        if (strikes(DIRT_RATES.duplicateRow, ordinal)) yield out;
        ordinal += 1;
      }
    }
  }
}

/** The rows of the households' file in order. */
export function* householdRows(town: Town): Generator<HouseholdRow> {
  let ordinal = 0;
  for (const household of town.allHouseholds()) {
    yield householdRowAt(householdRow(town, household), ordinal);
    ordinal += 1;
  }
}
