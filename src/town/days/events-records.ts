import { telecomIndividual } from '../generator/keys.js';
import { idNumber, REGION } from '../generator/id-number.js';
import { policeWritten } from '../generator/police-view.js';
import type { Written } from '../generator/written.js';
import { eventRandom, somebody } from './draw.js';
import type { Changes } from './changes.js';
import { changeVersion, isCurrent, momentToday, newVersion, rowsOf } from './police-changes.js';
import { entriesOf } from './property-changes.js';
import { holdersOf } from './telecom-changes.js';

/**
 * A clerk takes somebody for dead, for divorced or for another number. Days later the row is reversed (冲销): it is
 * marked as paired, a reversing row appears, and the row before it is open again although both began later.
 */
export function mistake(changes: Changes): boolean {
  const random = eventRandom(changes);
  const found = somebody(changes, random, ({ age }, household) => age >= 22 && household.kind !== 'collective');
  if (found === null) return false;
  const { person, household } = found;
  const rows = rowsOf(changes, household, person);
  const right = rows.find(isCurrent)!;
  const now = momentToday(changes, random);
  const kinds = [
    { ryzt: '1', swrq: now.slice(0, 8) },
    { gmsfhm: idNumber(REGION, person.birth, person.sex === 'M' ? 993 : 994) },
    { hyzk: right.row.hyzk === '40' ? '10' : '40' },
  ];
  const wrong = newVersion(changes, { ...right.row, ...random.pick(kinds), qysj: now, jssj: '' });
  const closed = { ...right, row: { ...right.row, jlbz: '2', jssj: now } };
  changes.touched.add(person.index);
  changes.residents.set(person.index, [...rows.map((entry) => (entry === right ? closed : entry)), wrong]);
  changes.later(changes.day + random.between(10, 20), () => {
    const then = momentToday(changes, random);
    const paired = { ...wrong, row: { ...wrong.row, jlbz: '2', cxbz: '2', jssj: then } };
    const reversing = newVersion(changes, { ...paired.row, cxbz: '1', qysj: then });
    const entries = changes.residents
      .get(person.index)!
      .map((entry) => (entry === closed ? right : entry === wrong ? paired : entry));
    changes.residents.set(person.index, [...entries, reversing]);
    changes.happened('reversal');
  });
  return true;
}

/** Not a number that is merely written in the old form: that one says what the new one says. */
const isLacking = ({ idState }: Written): boolean => idState !== 'full' && idState !== 'fifteen';

/** A number that was masked, empty or wrong is typed in anew, wherever one source has it so. */
export function numberCorrection(changes: Changes): boolean {
  const random = eventRandom(changes);
  const where = changes.mark('numberCorrection') % 3;
  if (where === 0) return correctProperty(changes);
  if (where === 1) return correctTelecom(changes);
  const found = somebody(changes, random, (person) => policeWritten(changes.town, person).idState === 'wrong');
  if (found === null) return correctTelecom(changes);
  changes.touched.add(found.person.index);
  changeVersion(changes, random, found.household, found.person, { gmsfhm: found.person.idNumber });
  return true;
}

function correctProperty(changes: Changes): boolean {
  const random = eventRandom(changes);
  let member = '';
  let number = '';
  const found = somebody(changes, random, (person, household) => {
    if (person.protectedPerson) return false;
    const entry = entriesOf(changes, household).find(
      ({ person: whose, written, owner }) =>
        whose?.index === person.index && isLacking(written!) && !changes.owners.has(owner.member_id),
    );
    member = entry?.owner.member_id ?? '';
    number = person.idNumber;
    return entry !== undefined;
  });
  if (found === null) return false;
  return changes.patch(changes.owners, member, { id_card: number });
}

function correctTelecom(changes: Changes): boolean {
  const random = eventRandom(changes);
  let key = '';
  const found = somebody(changes, random, (person, household) => {
    if (person.protectedPerson) return false;
    const holder = holdersOf(changes, household, person).find(
      ({ individual, written }) => isLacking(written) && !changes.holders.has(individual),
    );
    if (holder === undefined) return false;
    key = holder.individual;
    return true;
  });
  if (found === null) return false;
  const { person, household } = found;
  const { written } = holdersOf(changes, household, person).find(({ individual }) => individual === key)!;
  return changes.patch(changes.holders, key, {
    written: { ...written, idNumber: person.idNumber, idState: 'full' },
  });
}

/** Half of what vanished comes back after a month or two. */
function maybeBack(changes: Changes, restore: () => void): void {
  const random = eventRandom(changes);
  if (!random.chance(0.5)) return;
  changes.later(changes.day + random.between(35, 70), () => {
    restore();
    changes.happened('reappearance');
  });
}

/** Rows vanish without a word, in turn at the operator, at the police and in the property tables. */
export function deletion(changes: Changes): boolean {
  const where = changes.mark('deletion') % 3;
  if (where === 0) return vanishAtOperator(changes);
  return where === 1 ? vanishAtPolice(changes) : vanishInTables(changes);
}

function vanishAtOperator(changes: Changes): boolean {
  const random = eventRandom(changes);
  const found = somebody(changes, random, (person, household) => {
    const own = holdersOf(changes, household, person);
    return (
      own.length > 0 &&
      own.every(({ individual, lines }) => {
        return !changes.holders.has(individual) && lines.every(({ id }) => !changes.lines.has(id));
      })
    );
  });
  if (found === null) return false;
  const { person, household } = found;
  // Somebody registered twice loses the second registration; others leave the operator.
  const own = holdersOf(changes, household, person);
  const gone = own.find(({ individual }) => individual === telecomIndividual(person.index, 1)) ?? own[0]!;
  changes.touched.add(person.index);
  changes.holders.set(gone.individual, null);
  for (const { id } of gone.lines) changes.lines.set(id, null);
  maybeBack(changes, () => {
    changes.holders.delete(gone.individual);
    for (const { id } of gone.lines) changes.lines.delete(id);
  });
  return true;
}

function vanishAtPolice(changes: Changes): boolean {
  const random = eventRandom(changes);
  const found = somebody(changes, random, ({ position }) => position > 0);
  if (found === null) return false;
  const { person } = found;
  changes.touched.add(person.index);
  changes.residents.set(person.index, []);
  maybeBack(changes, () => void changes.residents.delete(person.index));
  return true;
}

/** An owner's row of the first day that nothing has touched, of a member of the family. */
function untouchedMember(changes: Changes): { member: string; relations: string[] } | null {
  const random = eventRandom(changes);
  let found: { member: string; relations: string[] } | null = null;
  somebody(changes, random, (person, household) => {
    if (person.position === 0) return false;
    const entry = entriesOf(changes, household).find(({ person: whose }) => whose?.index === person.index);
    if (entry === undefined || changes.owners.has(entry.owner.member_id)) return false;
    const relations = entry.relations.map(({ rel_id }) => rel_id);
    if (relations.some((key) => changes.relations.has(key))) return false;
    found = { member: entry.owner.member_id, relations };
    return true;
  });
  return found;
}

function vanishInTables(changes: Changes): boolean {
  const found = untouchedMember(changes);
  if (found === null) return false;
  changes.owners.set(found.member, null);
  for (const key of found.relations) changes.relations.set(key, null);
  maybeBack(changes, () => {
    changes.owners.delete(found.member);
    for (const key of found.relations) changes.relations.delete(key);
  });
  return true;
}

/** The clerk deletes an owner: the row stays with status_cd '1', and so vanish the relations from every page. */
export function softDeletion(changes: Changes): boolean {
  const found = untouchedMember(changes);
  if (found === null) return false;
  changes.patch(changes.owners, found.member, { status_cd: '1' });
  maybeBack(changes, () => void changes.patch(changes.owners, found.member, { status_cd: '0' }));
  return true;
}
