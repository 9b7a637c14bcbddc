import type { Household, Person } from '../generator/household.js';
import { telecomCustomer, telecomProduct } from '../generator/keys.js';
import type { Random } from '../generator/random.js';
import { householdHolders, instant, type Holder } from '../generator/telecom-view.js';
import type { Changes } from './changes.js';
import { today } from './draw.js';

/** A person's holders of the first day that the operator still has. */
export function holdersOf(changes: Changes, household: Household, person?: Person): Holder[] {
  return householdHolders(changes.town, household).filter(
    (holder) =>
      (person === undefined || holder.person.index === person.index) && changes.holders.get(holder.individual) !== null,
  );
}

/** All lines of somebody end; `status` is what the operator then says of the person. */
export function endHolder(changes: Changes, household: Household, person: Person, status: string | null): void {
  for (const holder of holdersOf(changes, household, person)) {
    if (status !== null) changes.patch(changes.holders, holder.individual, { status });
    for (const line of holder.lines) {
      if (line.status === 'terminated') continue;
      const end = { status: 'terminated', statusReason: 'user', terminationDate: instant(today(changes)) };
      changes.patch(changes.lines, line.id, end);
    }
  }
}

/** Wired lines move with the household. */
export function moveLines(changes: Changes, household: Household, slot: number): void {
  const address = changes.town.address(slot, 1);
  for (const holder of holdersOf(changes, household)) {
    for (const line of holder.lines) if (line.address !== '') changes.patch(changes.lines, line.id, { address });
  }
}

/** Somebody new takes a mobile line. */
export function newSubscriber(changes: Changes, random: Random, person: Person, individual: string): void {
  const since = instant(today(changes), 33_000);
  changes.newHolders.push({
    ...{ individual, customer: telecomCustomer(person.index, 0), person },
    written: {
      ...{ name: person.name, idNumber: person.idNumber, phone: person.contactPhone },
      ...{ nameSame: true, idState: 'full', phoneState: 'full' },
    },
    gender: person.sex === 'M' ? 'male' : 'female',
    ...{ birthDate: instant(person.birth), status: 'validated', since },
    lines: [
      {
        ...{ id: telecomProduct(person.index, 0), type: 'mobile', number: person.contactPhone },
        ...{ name: random.pick(['畅享套餐59元', '5G融合套餐129元']), status: 'active', statusReason: '' },
        ...{ startDate: since, terminationDate: '', address: '' },
      },
    ],
  });
}
