import { AS_OF } from './calendar.js';
import { DIRT_RATES, strikes } from './dirt-rates.js';
import { DWELLINGS_PER_ESTATE, type Estate } from './geography.js';
import { REGION } from './id-number.js';
import { propertyKey } from './keys.js';
import {
  communityKey,
  householdEntries,
  timestamp,
  type OwnerEntry,
  type OwnerRow,
  type RelationRow,
} from './property-owners.js';
import { Landlords, roomKey, sold, tenure, vacancyRandom, virtualKey, virtualRelationKey } from './property-plan.js';
import { PURPOSE, Random } from './random.js';
import type { Town } from './town.js';

export interface EstateRows {
  community: Record<string, string>;
  floors: Record<string, string>[];
  units: Record<string, string>[];
}

export const floorKey = (estate: number, building: number): string =>
  propertyKey('79', estate * 8 + building, '20150101');
export const unitKey = (estate: number, building: number, unit: number): string =>
  propertyKey('79', 40_000 + (estate * 8 + building) * 4 + unit, '20150201');

/** s_community, f_floor and building_unit of one estate (columns without a default are all here). */
export function estateRows(estate: Estate): EstateRows {
  const made = timestamp(AS_OF - 4000);
  const areas = DWELLINGS_PER_ESTATE * 100;
  const floors: Record<string, string>[] = [];
  const units: Record<string, string>[] = [];
  for (let building = 1; building <= estate.buildings; building++) {
    floors.push({
      floor_id: floorKey(estate.index, building),
      floor_num: String(building),
      name: `${building}${building % 2 === 0 ? '号楼' : '栋'}`,
      create_time: made,
      community_id: communityKey(estate.index),
      floor_area: (areas / estate.buildings).toFixed(2),
      seq: String(building),
    });
    for (let unit = 1; unit <= estate.units; unit++) {
      units.push({
        unit_id: unitKey(estate.index, building, unit),
        unit_num: String(unit),
        floor_id: floorKey(estate.index, building),
        layer_count: String(estate.floors),
        lift: estate.floors > 7 ? '1010' : '2020',
        create_time: made,
        unit_area: (areas / estate.buildings / estate.units).toFixed(2),
      });
    }
  }
  return {
    ...{ floors, units },
    community: {
      community_id: communityKey(estate.index),
      name: estate.name,
      address: `测试省测试市测试区${estate.streetName}${estate.road}${estate.roadNumber}号`,
      nearby_landmarks: estate.road,
      // The vendor's sample data hold the county only; so does every tenth estate.
      city_code: estate.index % 10 === 9 ? REGION : estate.communityCode,
      create_time: made,
      state: '1100',
      community_area: '32000.00',
    },
  };
}

/** A row of building_room. */
export function roomRow(town: Town, slot: number, ordinal: number): Record<string, string> {
  const { estate, building, unit, floor, door, room } = town.dwelling(slot);
  const random = new Random(town.seed, PURPOSE.geography, 10_000_000 + slot);
  const inhabitant = town.inhabitant(slot);
  const rented = inhabitant !== null && tenure(town, inhabitant).kind === 'tenant';
  const lived = rented
    ? '2006'
    : random.weighted([
        ['2001', 90],
        ['2005', 6],
        ['2009', 4],
      ]);
  const state = inhabitant === null ? random.pick(['2002', '2003', '2004', '2007', '2008']) : lived;
  const area = random.between(4500, 18900) / 100;
  return {
    room_id: roomKey(slot),
    room_num: room,
    unit_id: unitKey(estate.index, building, unit),
    layer: String(floor),
    section: String(door),
    apartment: random.pick(['10101', '20101', '20201', '30201', '30202', '40202']),
    built_up_area: area.toFixed(2),
    create_time: timestamp(AS_OF - 3900),
    state: strikes(DIRT_RATES.unknownCode, ordinal) ? '2099' : state,
    community_id: communityKey(estate.index),
    room_type: '1010301',
    room_sub_type: random.chance(0.97) ? '110' : random.pick(['119', '120', '128']),
    room_area: (Math.floor(area * 78) / 100).toFixed(2),
  };
}

function virtualEntry(town: Town, vacancy: number): OwnerEntry {
  const key = virtualKey(vacancy);
  const slot = town.vacancy(vacancy);
  const made = timestamp(AS_OF - 3800);
  return {
    ...{ person: null, written: null },
    owner: {
      ...{ member_id: key, owner_id: key, name: '虚拟业主', sex: '0', age: '', link: '13800000000', status_cd: '0' },
      ...{ create_time: made, owner_type_cd: '1001', id_card: '', state: '2000', owner_flag: 'F', address: '无' },
      community_id: communityKey(town.dwelling(slot).estate.index),
      ...{ person_type: 'P', person_role: '1', concact_person: '', concact_link: '' },
    },
    relations: [
      {
        ...{ rel_id: virtualRelationKey(vacancy), owner_id: key, room_id: roomKey(slot), state: '2001' },
        ...{ create_time: made, status_cd: '0', start_time: made, end_time: '2037-12-31 00:00:00' },
      },
    ],
  };
}

/** Owners and their relations to rooms, household by household, then the virtual owners of unsold rooms. */
export function* ownerEntries(town: Town): Generator<OwnerEntry> {
  const landlords = new Landlords(town);
  let ordinal = 0;
  for (const entry of plainEntries(town, landlords)) yield entryAt(entry, ordinal++);
}

/** The entry at place `ordinal`, with an unknown sex and state now and then. */
export function entryAt(entry: OwnerEntry, ordinal: number): OwnerEntry {
  if (!strikes(DIRT_RATES.unknownCode, ordinal)) return entry;
  const owner: OwnerRow = { ...entry.owner, sex: '7' };
  const relations: RelationRow[] = entry.relations.map((row, at) => (at === 0 ? { ...row, state: '2099' } : row));
  return { ...entry, owner, relations };
}

/** The entries in order, before any unknown code is put in. */
export function* plainEntries(town: Town, landlords: Landlords): Generator<OwnerEntry> {
  for (const household of town.allHouseholds()) yield* householdEntries(town, landlords, household);
  for (let vacancy = 0; vacancy < town.vacancies; vacancy++) {
    if (hasVirtualOwner(town, vacancy)) yield virtualEntry(town, vacancy);
  }
}

/** Unsold, and under a virtual owner. */
export function hasVirtualOwner(town: Town, vacancy: number): boolean {
  if (sold(town, vacancy)) return false;
  const random = vacancyRandom(town, vacancy);
  random.unit();
  return random.chance(0.04);
}
