import type { Household, Person } from '../generator/household.js';
import { propertyKey } from '../generator/keys.js';
import { Landlords, memberKey, roomKey } from '../generator/property-plan.js';
import {
  communityKey,
  householdEntries,
  timestamp,
  type OwnerEntry,
  type RelationRow,
} from '../generator/property-owners.js';
import type { Random } from '../generator/random.js';
import type { Changes } from './changes.js';
import { today } from './draw.js';

const LANDLORDS = new WeakMap<object, Landlords>();
const NEW_RELATIONS = 500_000_000;
const FOREVER = '2037-01-01 00:00:00';

export function landlordsOf(changes: Changes): Landlords {
  const { town } = changes;
  let landlords = LANDLORDS.get(town);
  if (landlords === undefined) LANDLORDS.set(town, (landlords = new Landlords(town)));
  return landlords;
}

/** Entries of the first day that a household has in the property tables. */
export const entriesOf = (changes: Changes, household: Household): OwnerEntry[] =>
  householdEntries(changes.town, landlordsOf(changes), household);

function relationTo(changes: Changes, member: string, slot: number): RelationRow {
  const number = NEW_RELATIONS + changes.mark('relations');
  return {
    ...{ rel_id: propertyKey('78', number, '20261101'), owner_id: member, room_id: roomKey(slot), state: '2002' },
    ...{ create_time: timestamp(today(changes)), status_cd: '0', start_time: timestamp(today(changes), 0) },
    end_time: FOREVER,
  };
}

/** A new owner and his or her dwelling. */
export function newOccupant(changes: Changes, random: Random, person: Person, slot: number): void {
  const member = memberKey(person.index, 0);
  changes.newEntries.set(member, {
    owner: {
      ...{ member_id: member, owner_id: member, name: person.name, sex: person.sex === 'M' ? '0' : '1' },
      ...{ age: String(person.age), link: person.contactPhone, status_cd: '0', owner_type_cd: '1001' },
      create_time: timestamp(today(changes), random.between(28_800, 64_000)),
      community_id: communityKey(changes.town.dwelling(slot).estate.index),
      ...{ id_card: person.idNumber, state: '2000', owner_flag: 'T', address: changes.town.address(slot, 2) },
      ...{ person_type: 'P', person_role: '1', concact_person: '', concact_link: '' },
    },
    relations: [relationTo(changes, member, slot)],
  });
  changes.rooms.set(slot, '2001');
}

/** The clerk notes that somebody moved out; the row stays. */
export function occupantLeaves(changes: Changes, household: Household, person: Person): void {
  for (const entry of entriesOf(changes, household)) {
    if (entry.person?.index !== person.index) continue;
    for (const { rel_id } of entry.relations) changes.patch(changes.relations, rel_id, { state: '2003' });
  }
}

/** The relations to the old home are softly deleted, each member gets one to the new dwelling. */
export function moveOccupancy(changes: Changes, random: Random, household: Household, slot: number): void {
  const old = roomKey(household.home);
  for (const entry of entriesOf(changes, household)) {
    const own = entry.relations.find(({ room_id }) => room_id === old);
    if (own === undefined || entry.person === null) continue;
    const member = entry.owner.member_id;
    if (changes.owners.get(member) === null || changes.relations.get(own.rel_id) === null) continue;
    changes.patch(changes.relations, own.rel_id, { status_cd: '1' });
    const more = changes.moreRelations.get(member) ?? [];
    changes.moreRelations.set(member, [...more, relationTo(changes, member, slot)]);
    const community = communityKey(changes.town.dwelling(slot).estate.index);
    changes.patch(changes.owners, member, { community_id: community });
  }
  changes.rooms.set(household.home, random.chance(0.5) ? '2004' : '2008');
  changes.rooms.set(slot, '2001');
}
