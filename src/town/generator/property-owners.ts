import { AS_OF, clockTime, isoDate, type Day } from './calendar.js';
import { ADDRESS_STYLES } from './geography.js';
import { drawStranger, type Household, type Person } from './household.js';
import { companyCode, maskedId } from './id-number.js';
import { mobileNumber } from './keys.js';
import {
  companyKey,
  companyRelationKey,
  Landlords,
  memberKey,
  relationKey,
  roomKey,
  strangerKey,
  tenure,
} from './property-plan.js';
import { PURPOSE, Random } from './random.js';
import type { Town } from './town.js';
import { drawAddress, writeDown, type Written } from './written.js';

/** A row of building_owner and the relations to rooms that belong to it (columns named as in MicroCommunity). */
export interface OwnerRow {
  member_id: string;
  owner_id: string;
  name: string;
  sex: string;
  age: string;
  link: string;
  create_time: string;
  status_cd: string;
  owner_type_cd: string;
  community_id: string;
  id_card: string;
  state: string;
  owner_flag: string;
  address: string;
  person_type: string;
  person_role: string;
  concact_person: string;
  concact_link: string;
}

export interface RelationRow {
  rel_id: string;
  /** Joins building_owner.member_id, whatever the name says. */
  owner_id: string;
  room_id: string;
  state: string;
  create_time: string;
  status_cd: string;
  start_time: string;
  end_time: string;
}

export interface OwnerEntry {
  owner: OwnerRow;
  /** Null for companies, strangers and virtual owners. */
  person: Person | null;
  written: Written | null;
  relations: RelationRow[];
}

export const communityKey = (estate: number): string => `2023${String(estate * 131 + 52077).padStart(12, '0')}`;
export const timestamp = (day: Day, second = 32400): string => `${isoDate(day)} ${clockTime(second)}`;
/** What the vendor writes where the column wants a date and there is none. */
const FOREVER = '2037-01-01 00:00:00';

interface Draft {
  person: Person;
  row: number;
  ownerId: string;
  type: '1001' | '1002';
  role: string;
  /** The dwelling it lives in or owns. */
  dwelling: number;
  household: Household;
}

function ownerEntry(town: Town, draft: Draft): OwnerEntry {
  const { person, row, household } = draft;
  const random = new Random(town.seed, PURPOSE.propertyDirt, person.index * 4 + row);
  const written = writeDown(random, person, 'counter');
  const [slot, style] = drawAddress(random, household.home, household.previous, ADDRESS_STYLES);
  const created = AS_OF - 60 - random.below(2400);
  const key = memberKey(person.index, row);
  return {
    person,
    written,
    owner: {
      member_id: key,
      owner_id: draft.ownerId,
      name: written.name,
      sex: person.sex === 'M' ? '0' : '1',
      age: random.chance(0.6) ? String(person.age) : '',
      link: written.phone,
      create_time: timestamp(created, random.between(28800, 64000)),
      status_cd: '0',
      owner_type_cd: draft.type,
      community_id: communityKey(town.dwelling(draft.dwelling).estate.index),
      id_card: written.idNumber,
      state: random.chance(0.97) ? '2000' : '1000',
      owner_flag: 'T',
      address: random.chance(0.7) ? town.address(slot, style) : '',
      person_type: 'P',
      person_role: draft.role,
      concact_person: '',
      concact_link: '',
    },
    relations: [relation(random, relationKey(person.index, row), key, draft.dwelling, draft.role === '2', created)],
  };
}

export function relation(
  random: Random,
  key: string,
  memberId: string,
  dwelling: number,
  rented: boolean,
  created: Day,
): RelationRow {
  return {
    rel_id: key,
    owner_id: memberId,
    room_id: roomKey(dwelling),
    state: random.weighted([
      ['2002', 90],
      ['2001', 8],
      ['2003', 2],
    ]),
    create_time: timestamp(created),
    status_cd: '0',
    start_time: timestamp(created, 0),
    end_time: rented ? timestamp(created + 365 * random.between(1, 5), 0) : FOREVER,
  };
}

function companyEntry(town: Town, household: Household): OwnerEntry {
  const random = new Random(town.seed, PURPOSE.company, household.index);
  const key = companyKey(household.index);
  const created = AS_OF - 400 - random.below(2000);
  const stem = town.dwelling(household.home).estate.name;
  const name = `测试市${stem.slice(0, 2)}${random.pick(['商贸', '科技', '建筑', '餐饮', '物流', '置业'])}有限公司`;
  const phone = mobileNumber(household.members[0]!.index, 3);
  return {
    ...{ person: null, written: null },
    owner: {
      ...{ member_id: key, owner_id: key, name, sex: '0', age: '', link: phone, status_cd: '0', owner_type_cd: '1001' },
      create_time: timestamp(created),
      community_id: communityKey(town.dwelling(household.home).estate.index),
      id_card: companyCode(household.index + 1),
      ...{ state: '2000', owner_flag: 'T', address: '', person_type: 'C', person_role: '1' },
      ...{ concact_person: household.members[0]!.name, concact_link: phone },
    },
    relations: [relation(random, companyRelationKey(household.index), key, household.home, false, created)],
  };
}

/** A former owner: status_cd '1', so a reader that honours the soft delete never sees the row. */
function strangerEntry(town: Town, household: Household): OwnerEntry {
  const random = new Random(town.seed, PURPOSE.company, town.people + household.index);
  const stranger = drawStranger(random, AS_OF - 365 * random.between(30, 80));
  const key = strangerKey(household.index);
  return {
    ...{ person: null, written: null, relations: [] },
    owner: {
      ...{ member_id: key, owner_id: key, name: stranger.name, sex: stranger.sex === 'M' ? '0' : '1', age: '' },
      ...{ link: '', create_time: timestamp(AS_OF - 3000), status_cd: '1', owner_type_cd: '1001' },
      community_id: communityKey(town.dwelling(household.home).estate.index),
      id_card: maskedId(stranger.idNumber),
      ...{ state: '2000', owner_flag: 'T', address: '', person_type: 'P', person_role: '1' },
      ...{ concact_person: '', concact_link: '' },
    },
  };
}

/** Chance that somebody of the household stands in the owners' table, by role. */
const PRESENCE = { head: 1, spouse: 0.84, child: 0.6, parent: 0.62, other: 0.8 } as const;

/** Everything that the property system holds about one household: its home, what it lets, what it leaves empty. */
export function householdEntries(town: Town, landlords: Landlords, household: Household): OwnerEntry[] {
  const { covered, kind, formerOwner } = tenure(town, household.index);
  const entries: OwnerEntry[] = [];
  const head = household.members[0]!;
  const headKey = memberKey(head.index, 0);
  if (covered) {
    const random = new Random(town.seed, PURPOSE.property, town.people * 2 + household.index);
    for (const person of household.members) {
      const present = random.chance(person.age < 18 ? 0.12 : PRESENCE[person.role]);
      if (person.position > 0 && !present) continue;
      const first = person.position === 0;
      const role = kind === 'company' ? '4' : first ? (kind === 'tenant' ? '2' : '1') : kind === 'tenant' ? '2' : '3';
      const [type, ownerId] = [
        first ? '1001' : '1002',
        kind === 'company' ? companyKey(household.index) : headKey,
      ] as const;
      entries.push(ownerEntry(town, { person, row: 0, ownerId, type, role, dwelling: household.home, household }));
    }
  }
  if (covered && kind === 'company') entries.push(companyEntry(town, household));
  if (covered && formerOwner) entries.push(strangerEntry(town, household));
  const tenant = landlords.tenantOf(household.index);
  if (tenant !== null) entries.push(...elsewhere(town, household, entries, 1, town.home(tenant)));
  const vacancy = landlords.secondHomeOf(household.index);
  if (vacancy !== null) entries.push(...elsewhere(town, household, entries, 2, town.vacancy(vacancy)));
  return entries;
}

/** A further dwelling of the head: half of the time under the member row that he has, else under a second one. */
function elsewhere(town: Town, household: Household, known: OwnerEntry[], row: 1 | 2, dwelling: number): OwnerEntry[] {
  const head = household.members[0]!;
  const random = new Random(town.seed, PURPOSE.property, town.people * 3 + household.index * 2 + row);
  const own = known.find((entry) => entry.person === head);
  if (own && random.chance(0.5)) {
    const created = AS_OF - 60 - random.below(1500);
    own.relations.push(relation(random, relationKey(head.index, row), own.owner.member_id, dwelling, false, created));
    return [];
  }
  const ownerId = memberKey(head.index, row);
  return [ownerEntry(town, { person: head, row, ownerId, type: '1001', role: '1', dwelling, household })];
}
