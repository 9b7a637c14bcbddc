import { REGION } from './id-number.js';
import {
  COMMUNITY_STEMS,
  ESTATE_ENDS,
  ESTATE_OPENINGS,
  ESTATE_STEMS,
  ROADS,
  STREET_ENDS,
  STREET_STEMS,
} from './place-names.js';
import { Random, PURPOSE } from './random.js';

/** Every estate holds as many dwellings, in one of these shapes. */
export const DWELLINGS_PER_ESTATE = 216;
const LAYOUTS = [
  { buildings: 6, units: 3, floors: 6, rooms: 2 },
  { buildings: 3, units: 2, floors: 9, rooms: 4 },
  { buildings: 3, units: 1, floors: 18, rooms: 4 },
  { buildings: 6, units: 2, floors: 6, rooms: 3 },
  { buildings: 3, units: 2, floors: 12, rooms: 3 },
] as const;
const ESTATES_PER_COMMUNITY = 2;

export interface Estate {
  index: number;
  name: string;
  buildings: number;
  units: number;
  floors: number;
  rooms: number;
  road: string;
  roadNumber: number;
  streetName: string;
  /** 12 digits */
  streetCode: string;
  communityName: string;
  /** 12 digits */
  communityCode: string;
  policeStation: string;
  policeStationCode: string;
}

export interface Dwelling {
  estate: Estate;
  building: number;
  unit: number;
  floor: number;
  /** Number on the floor, from 1. */
  door: number;
  /** `501`, `1203` */
  room: string;
}

const three = (value: number): string => String(value).padStart(3, '0');

/** The town's map: estates, their communities and streets, all computed from the number of a dwelling. */
export class Geography {
  private readonly cache = new Map<number, Estate>();
  private readonly communitiesPerStreet: number;

  constructor(
    private readonly seed: number,
    readonly estates: number,
  ) {
    this.communitiesPerStreet = Math.max(2, Math.ceil(estates / ESTATES_PER_COMMUNITY / 60));
  }

  estate(index: number): Estate {
    let estate = this.cache.get(index);
    if (estate === undefined) {
      estate = this.make(index);
      this.cache.set(index, estate);
    }
    return estate;
  }

  dwelling(slot: number): Dwelling {
    const estate = this.estate(Math.floor(slot / DWELLINGS_PER_ESTATE));
    let rest = slot % DWELLINGS_PER_ESTATE;
    const door = (rest % estate.rooms) + 1;
    rest = Math.floor(rest / estate.rooms);
    const floor = (rest % estate.floors) + 1;
    rest = Math.floor(rest / estate.floors);
    const unit = (rest % estate.units) + 1;
    const building = Math.floor(rest / estate.units) + 1;
    return { estate, building, unit, floor, door, room: `${floor}${String(door).padStart(2, '0')}` };
  }

  private make(index: number): Estate {
    const random = new Random(this.seed, PURPOSE.geography, index);
    const layout = random.pick(LAYOUTS);
    const community = Math.floor(index / ESTATES_PER_COMMUNITY);
    const street = Math.floor(community / this.communitiesPerStreet);
    const inStreet = (community % this.communitiesPerStreet) + 1;
    const names = ESTATE_STEMS.length * ESTATE_ENDS.length;
    const name = index % names;
    const code = `${REGION}${three(street + 1)}`;
    const streetName = `${STREET_STEMS[street % STREET_STEMS.length]!}${STREET_ENDS[Math.floor(street / STREET_STEMS.length) % STREET_ENDS.length]!}`;
    return {
      index,
      name:
        ESTATE_OPENINGS[Math.floor(index / names) % ESTATE_OPENINGS.length]! +
        ESTATE_STEMS[name % ESTATE_STEMS.length]! +
        ESTATE_ENDS[((name % ESTATE_STEMS.length) + Math.floor(name / ESTATE_STEMS.length)) % ESTATE_ENDS.length]!,
      ...layout,
      road: random.pick(ROADS),
      roadNumber: random.between(1, 299),
      streetName: `${streetName}街道`,
      streetCode: `${code}000`,
      communityName: `${COMMUNITY_STEMS[community % COMMUNITY_STEMS.length]!}社区`,
      communityCode: `${code}${three(inStreet)}`,
      policeStation: `${streetName}派出所`,
      policeStationCode: `${code}900`,
    };
  }
}

/** How many ways there are of writing an address. */
export const ADDRESS_STYLES = 8;
const BUILDING_WORDS = ['幢', '栋', '号楼', '#'];

/**
 * The address as one text. Style 0 is the police's; the others say the same in equivalent words
 * (栋 / 号楼 / # for 幢, a storey of its own, province and city left out).
 */
export function addressText({ estate, building, unit, floor, room }: Dwelling, style = 0): string {
  const province = style >= 4 ? '' : '测试省测试市';
  const word = BUILDING_WORDS[style % BUILDING_WORDS.length]!;
  const storey = style === 3 || style === 6 ? `${floor}层` : '';
  const ending = style === 7 ? '' : '室';
  return `${province}测试区${estate.streetName}${estate.road}${estate.roadNumber}号${estate.name}${building}${word}${unit}单元${storey}${room}${ending}`;
}
