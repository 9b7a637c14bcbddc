/** What the word behind a number says the number is. `gate` and `storey` count only behind a building. */
export type WordKind =
  'none' | 'building' | 'unit' | 'gate' | 'floor' | 'storey' | 'room' | 'number' | 'lane' | 'hyphen' | 'end';

export interface Word {
  kind: WordKind;
  length: number;
}

const word = (kind: WordKind, length: number): Word => Object.freeze({ kind, length });
const NONE = word('none', 0);
const END = word('end', 0);
const HYPHEN = word('hyphen', 1);
const BUILDING = word('building', 1);
const BUILDING_2 = word('building', 2);
const UNIT = word('unit', 2);
const GATE = word('gate', 1);
const FLOOR = word('floor', 1);
const STOREY = word('storey', 1);
const ROOM = word('room', 1);
const NUMBER = word('number', 1);
const LANE = word('lane', 1);

/** The word at `at`; the equivalents are 幢 = 栋 = 座 = 号楼 = #, 单元 = 门, 室 = 房 = 号. */
export function wordAt(text: string, at: number): Word {
  if (at >= text.length) return END;
  switch (text.charCodeAt(at)) {
    case 0x5e62: // 幢
    case 0x680b: // 栋
    case 0x5ea7: // 座
      return BUILDING;
    case 0x23: // #
      return text.charCodeAt(at + 1) === 0x697c ? BUILDING_2 : BUILDING;
    case 0x53f7: // 号
      if (text.charCodeAt(at + 1) === 0x697c) return BUILDING_2; // 号楼
      return text.charCodeAt(at + 1) === 0x9662 ? NONE : NUMBER; // 号院 is a part of a name
    case 0x5355: // 单
      return text.charCodeAt(at + 1) === 0x5143 ? UNIT : NONE; // 单元
    case 0x95e8: // 门
      return GATE;
    case 0x5c42: // 层
      return FLOOR;
    case 0x697c: // 楼
      return STOREY;
    case 0x5ba4: // 室
    case 0x623f: // 房
      return ROOM;
    case 0x5f04: // 弄
      return LANE;
    case 0x2d: // -
    case 0x2013:
    case 0x2014:
    case 0x2500:
    case 0x2015:
      return HYPHEN;
    case 0x28: // ( , ; and their kind end an address
    case 0x2c:
    case 0x3b:
    case 0x3001:
    case 0x3002:
      return END;
    default:
      return NONE;
  }
}
