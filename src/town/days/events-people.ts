import { ageAt, compactDate, years } from '../generator/calendar.js';
import type { Household, Person } from '../generator/household.js';
import { idNumber, NEIGHBOUR_REGION, REGION } from '../generator/id-number.js';
import { householdNumber, mobileNumber, policeHousehold, policePerson } from '../generator/keys.js';
import { drawGivenName, drawSurname } from '../generator/names.js';
import { householdRow, plate, type HouseholdRow, type ResidentRow } from '../generator/police-view.js';
import type { Random } from '../generator/random.js';
import { hasVirtualOwner } from '../generator/property-view.js';
import { sold } from '../generator/property-plan.js';
import { telecomIndividual } from '../generator/keys.js';
import type { Changes } from './changes.js';
import { eventRandom, settle, somebody, someHousehold, someVacancy, today, free } from './draw.js';
import { changeVersion, momentToday, newVersion, rowsOf } from './police-changes.js';
import { moveOccupancy, newOccupant, occupantLeaves } from './property-changes.js';
import { endHolder, moveLines, newSubscriber } from './telecom-changes.js';

/** A child is born into a household with a mother of 20 to 44. */
export function birth(changes: Changes): boolean {
  const random = eventRandom(changes);
  const household = someHousehold(changes, random, ({ couple, members }) => {
    const mother = couple === null ? undefined : members[couple.woman];
    return mother !== undefined && free(changes, mother) && mother.age >= 20 && mother.age < 44;
  });
  if (household === null) return false;
  const mother = household.members[household.couple!.woman]!;
  const father = household.members[household.couple!.man]!;
  const sex = random.chance(0.51) ? 'M' : 'F';
  const born = today(changes) - random.below(3);
  const sequence = (changes.newcomers.length % 499) * 2 + (sex === 'M' ? 1 : 2);
  const name = [...father.name][0]! + drawGivenName(random, sex);
  const child = settle(
    changes,
    {
      ...bare('child', sex, born),
      ...{ household: household.index, position: household.members.length, age: 0, name, ethnicity: father.ethnicity },
      idNumber: idNumber(REGION, born, sequence),
    },
    true,
  );
  changes.touched.add(mother.index);
  const parent = rowsOf(changes, household, mother).at(-1)!.row;
  registerPerson(changes, random, child, {
    ...{ hhnbid: parent.hhnbid, hh: parent.hh, hb: parent.hb, jcwh: parent.jcwh, jlx: parent.jlx, mlph: parent.mlph },
    ...{ mlxz: parent.mlxz, pcs: parent.pcs, yhzgx: sex === 'M' ? '20' : '30' },
  });
  return true;
}

/** What a person is without a household, a name and a number. */
function bare(
  role: Person['role'],
  sex: Person['sex'],
  born: number,
): Omit<Person, 'index' | 'household' | 'position' | 'age' | 'name' | 'ethnicity' | 'idNumber'> {
  return {
    ...{ role, sex, birth: born, twin: false, marital: 'never', borrowsPhone: false, protectedPerson: false },
    ...{ life: 'alive', lifeDay: 0, formerName: '', mobile: null, contactPhone: '' },
  };
}

/** The first row of somebody who was not in the register. */
function registerPerson(changes: Changes, random: Random, person: Person, where: Partial<ResidentRow>): void {
  const row: ResidentRow = {
    ...{ rynbid: '', ryid: policePerson(person.index), hhnbid: '', gmsfhm: person.idNumber, xm: person.name, cym: '' },
    ...{ xb: person.sex === 'M' ? '1' : '2', mz: person.ethnicity, csrq: compactDate(person.birth), hyzk: '10' },
    ...{ yhzgx: '02', hh: '', hb: '10', ssxq: REGION, jcwh: '', jlx: '', mlph: '', mlxz: '', pcs: '' },
    ...{ dhhm: person.contactPhone, ryzt: '0', jlbz: '1', cxbz: '0', qysj: momentToday(changes, random), jssj: '' },
    ...{ swrq: '', ...where },
  };
  changes.residents.set(person.index, [newVersion(changes, row)]);
}

/** An old member of a household dies: police, operator and later assistance know; the property company does not. */
export function death(changes: Changes): boolean {
  const random = eventRandom(changes);
  const found = somebody(changes, random, ({ age, position }, { members }) => {
    return age >= 60 && (position > 0 || members.length === 1);
  });
  if (found === null) return false;
  const { person, household } = found;
  changes.touched.add(person.index);
  changes.dead.add(person.index);
  changeVersion(changes, random, household, person, { ryzt: '1', swrq: compactDate(today(changes) - 1) });
  endHolder(changes, household, person, 'deceased');
  const widowed = person.role === 'spouse' ? household.members[0]! : null;
  if (widowed !== null && free(changes, widowed)) {
    changes.touched.add(widowed.index);
    changeVersion(changes, random, household, widowed, { hyzk: '30' });
  }
  return true;
}

/** A grown-up member leaves town; the register keeps the row, the dwelling and the lines end. */
export function moveOut(changes: Changes): boolean {
  const random = eventRandom(changes);
  const found = somebody(
    changes,
    random,
    ({ age, role }) => age >= 18 && age < 60 && role !== 'head' && role !== 'spouse',
  );
  if (found === null) return false;
  const { person, household } = found;
  changes.touched.add(person.index);
  changeVersion(changes, random, household, person, { ryzt: '2' });
  occupantLeaves(changes, household, person);
  endHolder(changes, household, person, null);
  return true;
}

/** Nobody owns it and nobody moved in. */
export const empty = (changes: Changes) => (vacancy: number) =>
  !sold(changes.town, vacancy) && !hasVirtualOwner(changes.town, vacancy);

/** Where a household is registered, as the columns of the register say it. */
function placeColumns(
  changes: Changes,
  slot: number,
): Partial<ResidentRow> & Pick<HouseholdRow, 'jcwh' | 'mlxz' | 'pcs'> {
  const { estate } = changes.town.dwelling(slot);
  return {
    ...{ jcwh: estate.communityCode, jlx: estate.road, mlph: plate(estate.roadNumber) },
    ...{ mlxz: changes.town.address(slot), pcs: estate.policeStationCode },
  };
}

/** Somebody from the neighbouring county buys a vacant dwelling, registers there and takes a telephone. */
export function moveIn(changes: Changes): boolean {
  const random = eventRandom(changes);
  const vacancy = someVacancy(changes, random, empty(changes));
  if (vacancy < 0) return false;
  changes.takenVacancies.add(vacancy);
  const slot = changes.town.vacancy(vacancy);
  const sex = random.chance(0.5) ? 'M' : 'F';
  const born = today(changes) - years(random.between(22, 60)) - random.below(365);
  const number = changes.newcomers.length;
  const phone = mobileNumber(changes.town.people + number, 0);
  const household = changes.town.households + number;
  const person = settle(
    changes,
    {
      ...bare('head', sex, born),
      ...{ household, position: 0, age: ageAt(born, today(changes)), ethnicity: '01', mobile: phone },
      ...{ contactPhone: phone, name: drawSurname(random) + drawGivenName(random, sex) },
      idNumber: idNumber(NEIGHBOUR_REGION, born, (number % 499) * 2 + (sex === 'M' ? 1 : 2)),
    },
    false,
  );
  const place = placeColumns(changes, slot);
  const hh = householdNumber(household);
  const keys = { hhnbid: policeHousehold(household), hh };
  registerPerson(changes, random, person, { ...place, ...keys });
  const { jcwh, mlxz, pcs } = place;
  changes.households.set(household, {
    mark: changes.mark('households'),
    row: {
      ...{ ...keys, hlx: '1', hzxm: person.name, hzgmsfhm: person.idNumber, ssxq: REGION, jcwh, mlxz, pcs },
      jhrq: compactDate(today(changes)),
    },
  });
  newOccupant(changes, random, person, slot);
  newSubscriber(changes, random, person, telecomIndividual(person.index, 0));
  return true;
}

/** A whole household moves to a vacant dwelling: register, owners' table, rooms and wired lines follow. */
export function moveWithin(changes: Changes): boolean {
  const random = eventRandom(changes);
  const household = someHousehold(changes, random, ({ kind, members }) => {
    return (
      kind !== 'collective' &&
      members.every((person) => free(changes, person) || person.life !== 'alive') &&
      members.some((person) => free(changes, person))
    );
  });
  const vacancy = household === null ? -1 : someVacancy(changes, random, empty(changes));
  if (household === null || vacancy < 0) return false;
  changes.takenVacancies.add(vacancy);
  const slot = changes.town.vacancy(vacancy);
  const place = placeColumns(changes, slot);
  for (const person of household.members) {
    if (!free(changes, person)) continue;
    changes.touched.add(person.index);
    changeVersion(changes, random, household, person, place);
  }
  moveRegistration(changes, household, place);
  moveOccupancy(changes, random, household, slot);
  moveLines(changes, household, slot);
  return true;
}

function moveRegistration(
  changes: Changes,
  household: Household,
  place: Pick<HouseholdRow, 'jcwh' | 'mlxz' | 'pcs'>,
): void {
  const { jcwh, mlxz, pcs } = place;
  const before = changes.households.get(household.index)?.row ?? householdRow(changes.town, household);
  changes.households.set(household.index, { mark: 0, row: { ...before, jcwh, mlxz, pcs } });
}
