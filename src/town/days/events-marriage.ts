import { clockTime, isoDate, partsOf } from '../generator/calendar.js';
import { REGION } from '../generator/id-number.js';
import { civilGuid } from '../generator/keys.js';
import { PURPOSE, Random } from '../generator/random.js';
import { writeDown } from '../generator/written.js';
import type { Operation } from '../generator/marriage-view.js';
import type { Changes } from './changes.js';
import { eventRandom, free, somebody, someHousehold, today, type Somebody } from './draw.js';
import { changeVersion } from './police-changes.js';

/** Keys of new operations lie behind those that the first day's households can have. */
const NEW_OPERATIONS = 100_000_000;

/** Two people who live alone marry: an operation in the registry's journal, a new marital status at the police. */
export function marriage(changes: Changes): boolean {
  const random = eventRandom(changes);
  const single = (sex: 'M' | 'F'): Somebody | null =>
    somebody(changes, random, (person, { kind }) => {
      const grown = person.sex === sex && person.age >= 22 && person.age < 60;
      return grown && person.marital !== 'married' && kind !== 'collective' && person.role !== 'parent';
    });
  const man = single('M');
  const woman = man === null ? null : single('F');
  if (man === null || woman === null || man.household.index === woman.household.index) return false;
  enter(changes, random, 'IA', man, woman);
  return true;
}

/** A couple of the town divorces. */
export function divorce(changes: Changes): boolean {
  const random = eventRandom(changes);
  const household = someHousehold(changes, random, ({ couple, members }) => {
    const both = couple === null ? [] : [members[couple.man]!, members[couple.woman]!];
    return both.length === 2 && both.every((person) => free(changes, person) && person.age < 70);
  });
  if (household === null) return false;
  const of = (position: number): Somebody => ({ person: household.members[position]!, household });
  enter(changes, random, 'IB', of(household.couple!.man), of(household.couple!.woman));
  return true;
}

function enter(changes: Changes, random: Random, operation: Operation, man: Somebody, woman: Somebody): void {
  const number = changes.journal.length;
  const { seed } = changes.town;
  const party = ({ person }: Somebody, side: number) => ({
    ...{ person, outsider: null },
    written: writeDown(
      new Random(seed, PURPOSE.marriageDirt, (NEW_OPERATIONS + number) * 2 + side),
      person,
      'registry',
    ),
  });
  const [his, hers] = [party(man, 0), party(woman, 1)];
  const day = today(changes);
  const time = `${isoDate(day)} ${clockTime(random.between(30_600, 58_000))}`;
  changes.journal.push({
    ...{ day: changes.day, man: his, woman: hers },
    row: {
      MARRY_ID: civilGuid(seed, 'marry', NEW_OPERATIONS + number),
      CERT_NO: `${operation === 'IB' ? 'L' : 'J'}${REGION}-${partsOf(day).year}-9${String(number).padStart(6, '0')}`,
      ...{ OP_TYPE: operation, OP_DATE: time, DEPT_CODE: `${REGION}000000`, DEPT_NAME: '测试区民政局婚姻登记处' },
      ...{ NAME_MAN: his.written.name, CERT_TYPE_MAN: '111', CERT_NUM_MAN: his.written.idNumber },
      ...{ NAME_WOMAN: hers.written.name, CERT_TYPE_WOMAN: '111', CERT_NUM_WOMAN: hers.written.idNumber, CANCELS: '' },
    },
  });
  for (const { person, household } of [man, woman]) {
    changes.touched.add(person.index);
    changeVersion(changes, random, household, person, { hyzk: operation === 'IB' ? '40' : '20' });
  }
}
