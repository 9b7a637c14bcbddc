import { format } from 'mysql2';
import { SeededRandom } from './random.js';
import { syntheticId } from './sync-bench.js';

type Cells = Record<string, string | number | null>;

/** What an owner row is made for; the rates of a real estate, rounded to whole people. */
export const OWNERS = {
  plain: 300,
  member: 60,
  tenant: 25,
  fifteenDigits: 10,
  maskedNumber: 20,
  maskedPhone: 15,
  noNumber: 15,
  wrongCheck: 5,
  rareName: 8,
  company: 12,
  companyAsPerson: 3,
  companyWithoutCode: 2,
  virtual: 8,
  softDeleted: 15,
  unknownSex: 2,
  damagedName: 2,
} as const;
export type OwnerKind = keyof typeof OWNERS;

/** Rooms whose own row, unit or building says something about them; all others are plain. */
export const ROOMS = { plain: 248, softDeleted: 10, unitDeleted: 20, floorDeleted: 40, unknownState: 2, noUnit: 2 };

/** Relations beside the one that every owner has. */
export const EXTRA_RELATIONS = { secondRoom: 20, softDeleted: 12, unknownState: 2, ownerGone: 2 };

export interface Owner {
  kind: OwnerKind;
  memberId: string;
  name: string;
  idCard: string | null;
  /** 0 male, 1 female, as the vendor's pages write it. */
  sex: string;
  link: string;
  relId: string;
  roomId: string;
}

export interface MicroCommunity {
  owners: readonly Owner[];
  of(kind: OwnerKind): Owner[];
  /** Statements that fill the tables. */
  inserts: string[];
}

export const insert = (table: string, rows: readonly Cells[]): string =>
  format(`INSERT INTO ${table} (${Object.keys(rows[0]!).join(', ')}) VALUES ?`, [
    rows.map((row) => Object.values(row)),
  ]);

/** Names that break programs which think of a character as 16 bits, of a name as Han only, or of GBK as everything. */
export const RARE_NAMES = ['𠮷田', '㛃华', '𬭎𫖯', '阿依古丽·买买提', '测\ue863', '龘靐', 'Ö Ünal', '𰻞面'];
const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚桂'];
/** The vendor writes one of these where a column must not be null. */
const NO_END = ['2037-01-01 00:00:00', '2037-12-31 23:59:59', '2050-01-01 00:00:00', '0000-00-00 00:00:00'];
const COMMUNITIES = [
  ['2022110100000001', '阳光花园', '测试省测试市测试区城关街道黄河路129号', '990101001001'],
  ['2022110100000002', '滨河雅苑', '测试省测试市测试区滨河街道文化路6号', '990101'],
] as const;

/** A property company's database as years of use leave it. The same seed gives the same rows. */
export function microCommunity(seed = 20): MicroCommunity {
  const random = new SeededRandom(seed);
  const rooms = buildings(random);
  const owners = residents(random, rooms.livable);
  return {
    owners,
    of: (kind) => owners.filter((one) => one.kind === kind),
    inserts: [
      ...rooms.inserts,
      insert('building_owner', owners.map(ownerRow)),
      insert('building_owner_room_rel', [...owners.map(relationOf(random)), ...extraRelations(owners, rooms.livable)]),
    ],
  };
}

/** 2 communities × 4 buildings × 2 units × 5 floors × 4 rooms, and two shops that belong to no unit. */
function buildings(random: SeededRandom): { livable: string[]; inserts: string[] } {
  const [floors, units, rooms]: Cells[][] = [[], [], []];
  const livable: string[] = [];
  const plain: Cells[] = [];
  for (const [at, [communityId]] of COMMUNITIES.entries())
    for (let building = 1; building <= 4; building++) {
      const floorId = `7320${at}${String(building).padStart(11, '0')}`;
      const floorGone = at === 1 && building === 4;
      floors!.push({
        ...{ floor_id: floorId, floor_num: String(building), name: `${building}栋`, user_id: '30518940136629616640' },
        ...{ status_cd: floorGone ? '1' : '0', community_id: communityId, floor_area: '2400.00' },
      });
      for (let unit = 1; unit <= 2; unit++) {
        const unitId = `7420${at}${building}${String(unit).padStart(10, '0')}`;
        const unitGone = at === 0 && building === 3 && unit === 2;
        units!.push({
          ...{ unit_id: unitId, unit_num: String(unit), floor_id: floorId, layer_count: 5, lift: '1010' },
          ...{ user_id: '30518940136629616640', status_cd: unitGone ? '1' : '0', unit_area: '1200.00' },
        });
        for (let layer = 1; layer <= 5; layer++)
          for (let door = 1; door <= 4; door++) {
            const roomId = `7520${at}${building}${unit}${String(layer * 100 + door).padStart(9, '0')}`;
            const row = roomRow(roomId, `${layer}0${door}`, unitId, layer, communityId, random);
            rooms!.push(row);
            if (floorGone || unitGone) continue;
            plain.push(row);
            livable.push(roomId);
          }
      }
    }
  for (const shop of ['1', '2'])
    rooms!.push({ ...roomRow(`75299${shop}`, `商${shop}`, '-1', 1, COMMUNITIES[0][0], random), room_type: '2020602' });
  for (const row of plain.slice(0, ROOMS.softDeleted)) row['status_cd'] = '1';
  for (const row of plain.slice(ROOMS.softDeleted, ROOMS.softDeleted + ROOMS.unknownState)) row['state'] = '2099';
  const communities = COMMUNITIES.map(([community_id, name, address, city_code]) => ({
    ...{ community_id, name, address, city_code, map_x: '101.778916', map_y: '36.623178', state: '1100' },
  }));
  return {
    livable: livable.slice(ROOMS.softDeleted),
    inserts: [
      insert('s_community', communities),
      insert('f_floor', floors!),
      insert('building_unit', units!),
      insert('building_room', rooms!),
    ],
  };
}

const roomRow = (
  room_id: string,
  room_num: string,
  unit_id: string,
  layer: number,
  community_id: string,
  random: SeededRandom,
): Cells => ({
  ...{ room_id, room_num, unit_id, layer: String(layer), community_id, apartment: '20', section: 1 },
  ...{ built_up_area: `${random.integer(60, 140)}.50`, room_area: '80.00', user_id: '30518940136629616640' },
  ...{ state: `200${random.integer(1, 9)}`, status_cd: '0', room_type: '1010301', room_sub_type: '110' },
});

function residents(random: SeededRandom, rooms: readonly string[]): Owner[] {
  const owners: Owner[] = [];
  for (const [kind, count] of Object.entries(OWNERS) as [OwnerKind, number][])
    for (let at = 0; at < count; at++) {
      const serial = owners.length + 1;
      const number = syntheticId(serial * 7);
      owners.push({
        kind,
        memberId: `7720${String(serial).padStart(14, '0')}`,
        name: nameOf(kind, at, serial, random),
        idCard: numberOf(kind, at, number),
        sex: kind === 'unknownSex' ? '3' : Number(number[16]) % 2 === 1 ? '0' : '1',
        link: kind === 'maskedPhone' ? `139****${String(1000 + at)}` : `139${String(20_000_000 + serial)}`,
        relId: `9020${String(serial).padStart(14, '0')}`,
        roomId: rooms[serial % rooms.length]!,
      });
    }
  return owners;
}

function nameOf(kind: OwnerKind, at: number, serial: number, random: SeededRandom): string {
  switch (kind) {
    case 'rareName':
      return RARE_NAMES[at]!;
    case 'company':
    case 'companyAsPerson':
    case 'companyWithoutCode':
      return `测试市第${serial}商贸有限公司`;
    case 'virtual':
      return '虚拟业主';
    case 'damagedName':
      return '张?明';
    default:
      return random.pick(SURNAMES) + random.pick(GIVEN) + (serial % 3 ? random.pick(GIVEN) : '');
  }
}

function numberOf(kind: OwnerKind, at: number, number: string): string | null {
  switch (kind) {
    case 'fifteenDigits':
      return number.slice(0, 6) + number.slice(8, 17);
    case 'maskedNumber':
      return `${number.slice(0, 6)}**********${number.slice(16)}`;
    case 'noNumber':
      return [null, '', '无'][at % 3]!;
    case 'wrongCheck':
      return number.slice(0, 17) + (number[17] === '1' ? '2' : '1');
    case 'company':
    case 'companyAsPerson':
      return creditCode(at + (kind === 'company' ? 1 : 100));
    case 'companyWithoutCode':
    case 'virtual':
      return null;
    default:
      return number;
  }
}

const SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** A credit code of region 990101 that nobody has, with its right check symbol (GB 32100-2015). */
function creditCode(serial: number): string {
  const body = `91990101MA${String(serial).padStart(7, '0')}`;
  const sum = [...body].reduce((total, symbol, at) => total + SYMBOLS.indexOf(symbol) * WEIGHTS[at]!, 0);
  return body + SYMBOLS[(31 - (sum % 31)) % 31]!;
}

const ROLES: Partial<Record<OwnerKind, string>> = { tenant: '2', member: '3' };

export const ownerRow = (owner: Owner, at = 0): Cells => ({
  ...{ member_id: owner.memberId, name: owner.name, sex: owner.sex, link: owner.link, id_card: owner.idCard },
  ...{ owner_id: owner.memberId, user_id: '30518940136629616640', community_id: COMMUNITIES[at % 2]![0], age: '40' },
  owner_type_cd: owner.kind === 'member' ? '1002' : '1001',
  owner_flag: owner.kind === 'virtual' ? 'F' : 'T',
  person_type: owner.kind === 'company' || owner.kind === 'companyWithoutCode' ? 'C' : 'P',
  person_role: ROLES[owner.kind] ?? '1',
  status_cd: owner.kind === 'softDeleted' ? '1' : '0',
});

export const relationOf =
  (random: SeededRandom) =>
  (owner: Owner): Cells => ({
    ...{ rel_id: owner.relId, owner_id: owner.memberId, room_id: owner.roomId, status_cd: '0' },
    ...{ state: `200${random.integer(1, 3)}`, user_id: '30518940136629616640', start_time: '2019-03-01 08:00:00' },
    end_time: owner.kind === 'tenant' ? '2027-02-28 00:00:00' : random.pick(NO_END),
  });

function extraRelations(owners: readonly Owner[], rooms: readonly string[]): Cells[] {
  const rows: Cells[] = [];
  const add = (count: number, more: Cells): void => {
    for (let at = 0; at < count; at++) {
      const owner = owners[100 + at]!;
      const relation = relationOf(new SeededRandom(at))(owner);
      rows.push({ ...relation, rel_id: `9099${rows.length}`, room_id: rooms[(at * 5) % rooms.length]!, ...more });
    }
  };
  add(EXTRA_RELATIONS.secondRoom, {});
  add(EXTRA_RELATIONS.softDeleted, { status_cd: '1' });
  add(EXTRA_RELATIONS.unknownState, { state: '2009' });
  add(EXTRA_RELATIONS.ownerGone, { owner_id: '772099999999999999' });
  return rows;
}
