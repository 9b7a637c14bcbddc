import type { Town } from '../generator/town.js';
import { DWELLINGS_PER_ESTATE } from '../generator/geography.js';
import type { OwnerRow, RelationRow } from '../generator/property-owners.js';
import { roomKey } from '../generator/property-plan.js';
import type { Changes } from './changes.js';
import { codesDiffer } from './each-day.js';
import { communityRow, entryUnits, roomOn } from './property-rows.js';
import { shown, type ListedKey, type Seen } from './seen.js';

const ROOM = ['room_id', 'room_num', 'layer', 'built_up_area', 'state', 'room_type', 'room_sub_type', 'city_code'];
const OWNER = [
  ...['member_id', 'owner_id', 'name', 'sex', 'link', 'id_card', 'owner_type_cd', 'owner_flag'],
  ...['person_type', 'person_role', 'state', 'status_cd', 'city_code'],
];
/** A reader of occupancies uses the number only to tell a company from a person: who corrects it changes no occupancy. */
const RELATION = [
  ...['rel_id', 'owner_id', 'room_id', 'state', 'status_cd', 'start_time', 'end_time', 'owner_name', 'owner_link'],
  ...['owner_type_cd', 'owner_flag', 'person_type', 'person_role', 'owner_status_cd', 'city_code'],
];

/** Rooms, owners and occupancies as a reader of the tables joins them (every change of a joined column shows). */
export function* propertyLists(town: Town, days: readonly Changes[]): Generator<ListedKey> {
  const cities = days.map((changes) => cityCodes(town, changes));
  const moved = codesDiffer(days);
  yield* rooms(town, days, cities);
  const slots = new Map<string, number>();
  for (let slot = 0; slot < town.dwellings; slot++) slots.set(roomKey(slot), slot);
  const estateOf = (room: string): number => Math.floor(slots.get(room)! / DWELLINGS_PER_ESTATE);
  const communities = new Map(cities[0]!.keys.map((key, estate) => [key, estate]));
  for (const unit of entryUnits(town, days)) {
    const member = unit.find((entry) => entry !== null)?.owner.member_id;
    if (member === undefined) continue;
    const first = days.every((changes) => !changes.newEntries.has(member));
    const same = !moved && unit.every((entry) => entry === unit[0]);
    const owners = each(unit, same, (entry, at) => {
      if (entry === null) return null;
      return ownerSeen(entry.owner, cities[at]!.codes[communities.get(entry.owner.community_id)!]!);
    });
    yield { stream: 'owners', key: member, first, seen: owners };
    const keys = new Set(unit.flatMap((entry) => entry?.relations.map(({ rel_id }) => rel_id) ?? []));
    for (const key of keys) {
      const seen = each(unit, same, (entry, at) => {
        const row = entry?.relations.find(({ rel_id }) => rel_id === key);
        return row === undefined ? null : relationSeen(row, entry!.owner, cities[at]!.codes[estateOf(row.room_id)]!);
      });
      yield { stream: 'occupancies', key, first: first && !isNew(days, member, key), seen };
    }
  }
}

/** One value a day, made once where all days show the same. */
const each = <In, Out>(days: In[], same: boolean, make: (day: In, at: number) => Out): Out[] => {
  if (!same) return days.map(make);
  const once = make(days[0]!, 0);
  return days.map(() => once);
};

const isNew = (days: readonly Changes[], member: string, key: string): boolean =>
  days.some((changes) => changes.moreRelations.get(member)?.some(({ rel_id }) => rel_id === key));

interface Cities {
  keys: string[];
  codes: string[];
}

/** Keys and codes of the communities, by estate. */
function cityCodes(town: Town, changes: Changes): Cities {
  const rows = Array.from({ length: town.geography.estates }, (_, estate) => communityRow(town, estate, changes));
  return { keys: rows.map((row) => row['community_id']!), codes: rows.map((row) => row['city_code']!) };
}

function* rooms(town: Town, days: readonly Changes[], cities: Cities[]): Generator<ListedKey> {
  for (let slot = 0; slot < town.dwellings; slot++) {
    const estate = Math.floor(slot / DWELLINGS_PER_ESTATE);
    const same = cities.every(({ codes }) => codes[estate] === cities[0]!.codes[estate]);
    const untouched = same && days.every((changes) => !changes.rooms.has(slot));
    const seen = each([...days], untouched, (changes, at): Seen => {
      const row = roomOn(town, slot, changes);
      return {
        standing: row['state'] === '2099' ? 'rejected' : 'live',
        text: shown({ ...row, city_code: cities[at]!.codes[estate] }, ROOM),
      };
    });
    yield { stream: 'rooms', key: roomKey(slot), first: true, seen };
  }
}

function ownerSeen(owner: OwnerRow, city: string): Seen {
  const text = shown({ ...owner, city_code: city }, OWNER);
  if (owner.status_cd === '1') return { standing: 'deleted', text };
  if (owner.owner_flag === 'F') return { standing: 'skipped', text };
  // A company has no sex, so nobody reads that code.
  return { standing: owner.sex === '7' && owner.person_type !== 'C' ? 'rejected' : 'live', text };
}

function relationSeen(row: RelationRow, owner: OwnerRow, city: string): Seen {
  const joined = { ...owner, owner_name: owner.name, owner_link: owner.link, owner_status_cd: owner.status_cd };
  const text = shown({ ...joined, ...row, owner_status_cd: owner.status_cd, city_code: city }, RELATION);
  if (row.status_cd === '1' || owner.status_cd === '1') return { standing: 'deleted', text };
  if (owner.owner_flag === 'F') return { standing: 'skipped', text };
  return { standing: row.state === '2099' ? 'rejected' : 'live', text };
}
