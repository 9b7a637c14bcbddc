import { findCodeList } from '../../codes/code-list.js';
import { compact } from '../characters.js';
import { readAdministrative, type Administrative } from './administrative.js';
import { dwellingKey, plainNumber } from './dwelling-key.js';
import { cleanEstate, splitRoad } from './estate.js';
import { isNumeral, readNumeral } from './numerals.js';
import { wordAt, type Word } from './words.js';

/** The parts of an address; null where it does not say. Numbers are without their words and leading zeros. */
export interface Address extends Omit<Administrative, 'end'> {
  road: string | null;
  doorNo: string | null;
  estate: string | null;
  building: string | null;
  /** 无 where the address says that there is none, or its form (弄…号…室) has none. */
  unit: string | null;
  floor: string | null;
  room: string | null;
}

/** No dwelling has a longer address; what is longer is not parsed but kept as text. */
const MAX_LENGTH = 200;

/** Reads a Chinese address in any of the usual wordings; never fails, what it cannot place stays out. */
export function parseAddress(input: string): Address {
  const text = compact(input);
  const whole = text.length <= MAX_LENGTH ? text : '';
  const head = readAdministrative(whole);
  return new Reader(whole, head).read();
}

/**
 * The address down to its building: unit, floor and room go. Where no building is named, everything from the first
 * number behind the administrative part goes.
 */
export function upToBuilding(input: string): string {
  const text = compact(input);
  const head = readAdministrative(text);
  const reader = new Reader(text, head);
  reader.read();
  return text.slice(0, reader.buildingEnd ?? reader.firstNumber ?? text.length);
}

/**
 * The dwelling key of an address text, or null when any part is missing.
 *
 * @param county division code to use where the address names no county, or names one that the shipped edition does not
 *   hold; not where it names another county than that code's.
 */
export function addressKeyOf(address: Address, county?: string | null): string | null {
  let division = address.countyCode;
  if (division === null && county) {
    const assumed = address.county === null ? undefined : findCodeList('division')!.nameOf(county.slice(0, 6));
    if (assumed !== undefined && assumed !== address.county) return null;
    division = county;
  }
  return dwellingKey({ ...address, division });
}

/** One pass from the left over what follows the administrative part. */
class Reader {
  #at: number;
  /** Begin of the text that belongs to no number yet. */
  #open: number;
  #road: string | null = null;
  #door: string | null = null;
  #lane = false;
  #estate: string | null = null;
  #building: string | null = null;
  #unit: string | null = null;
  #floor: string | null = null;
  #room: string | null = null;
  /** Index behind the building's number and word. */
  buildingEnd: number | undefined;
  /** Index of the first number that has a meaning. */
  firstNumber: number | undefined;

  constructor(
    readonly text: string,
    readonly head: Administrative,
  ) {
    this.#at = head.end;
    this.#open = head.end;
  }

  read(): Address {
    const { text } = this;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      if (isAlphanumeric(code)) this.#takeNumber(this.#runEnd(isAlphanumeric));
      else if (isNumeral(code)) this.#takeNumeral(this.#runEnd(isNumeral));
      else if (code === 0x65e0 && text.startsWith('单元', this.#at + 1)) {
        this.#unit ??= '无';
        this.#at += 3;
      } else this.#at++;
    }
    if (this.#building === null && this.#estate === null) this.#closeEstate(text.length);
    const { province, city, county, countyCode, street, community } = this.head;
    return {
      province,
      city,
      county,
      countyCode,
      street,
      community,
      road: this.#road,
      doorNo: this.#door,
      estate: this.#estate,
      building: this.#building,
      unit: this.#unit ?? (this.#lane && this.#building !== null ? '无' : null),
      floor: this.#floor,
      room: this.#wholeRoom(),
    };
  }

  #runEnd(belongs: (code: number) => boolean): number {
    let end = this.#at + 1;
    while (end < this.text.length && belongs(this.text.charCodeAt(end))) end++;
    return end;
  }

  /** Chinese digits count only before a word: 三幢 is a number, 四季花园 is a name. */
  #takeNumeral(end: number): void {
    const word = wordAt(this.text, end);
    const number = word.kind === 'end' ? undefined : readNumeral(this.text.slice(this.#at, end));
    this.#advance(number !== undefined && this.#place([number], word), end, end + word.length, end + word.length);
  }

  #takeNumber(first: number): void {
    let end = first;
    const numbers = [plainNumber(this.text.slice(this.#at, end))];
    let word = wordAt(this.text, end);
    while (word.kind === 'hyphen' && isAlphanumeric(this.text.charCodeAt(end + 1)) && numbers.length < 4) {
      let next = end + 2;
      while (next < this.text.length && isAlphanumeric(this.text.charCodeAt(next))) next++;
      numbers.push(plainNumber(this.text.slice(end + 1, next)));
      end = next;
      word = wordAt(this.text, end);
    }
    // Of 3-2-501 only the first number is the building's; of 12-1幢 both are.
    const own = word.kind === 'building' ? end + word.length : first;
    this.#advance(this.#place(numbers, word), end, end + word.length, numbers.length > 1 ? own : end + word.length);
  }

  /** Goes on behind the number, and behind its word when that was understood; notes where the building ended. */
  #advance(placed: boolean, end: number, behindWord: number, behindBuilding: number): void {
    if (placed) this.firstNumber ??= this.#at;
    if (this.#building !== null) this.buildingEnd ??= behindBuilding;
    this.#at = placed ? behindWord : end;
  }

  /** Puts numbers where their word says; false when they are a part of a name. */
  #place(numbers: string[], { kind }: Word): boolean {
    const last = numbers[numbers.length - 1]!;
    const built = this.#building !== null;
    switch (kind) {
      case 'lane':
        if (built || this.#lane || this.#open === this.#at) return false;
        this.#road = this.text.slice(this.#open, this.#at);
        this.#estate = `${this.#road}${last}弄`;
        this.#lane = true;
        return true;
      case 'building':
        if (!built) this.#setBuilding(numbers.join('-'));
        return true;
      case 'gate':
        if (!built) return false;
        this.#unit ??= last;
        return true;
      case 'unit':
        if (!built && numbers.length > 1) this.#setBuilding(numbers.slice(0, -1).join('-'));
        this.#unit ??= last;
        return true;
      case 'storey':
        if (!built) return false;
        this.#floor ??= last;
        return true;
      case 'floor':
        this.#floor ??= last;
        return true;
      case 'number':
        return this.#placeDoor(numbers);
      case 'room':
        return this.#placeRoom(numbers);
      case 'end':
      case 'hyphen':
        return (built || numbers.length > 1) && this.#placeRoom(numbers);
      default:
        // 3幢2单元501东户: three digits behind a unit are a room whatever follows.
        return built && this.#room === null && /^\d{3,4}$/.test(last) && this.#placeRoom(numbers);
    }
  }

  /** 号 is a house on a road, a building in a lane or an estate, or a room, by what stands before it. */
  #placeDoor(numbers: string[]): boolean {
    if (this.#building !== null) return this.#placeRoom(numbers);
    const before = this.text.slice(this.#open, this.#at);
    if (this.#lane || (before !== '' && !splitRoad(before).endsInRoad)) {
      if (numbers.length > 1 && !this.#lane) return this.#placeRoom(numbers);
      this.#setBuilding(numbers.join('-'));
      return true;
    }
    this.#road = before || this.#road;
    this.#door = numbers.join('-');
    this.#open = this.text.indexOf('号', this.#at) + 1;
    return true;
  }

  /** 3-2-501 is building, unit, room; behind a building 2-501 is unit, room. */
  #placeRoom(numbers: string[]): boolean {
    if (this.#room !== null) return false;
    const rest = [...numbers];
    if (this.#building === null && rest.length > 1) this.#setBuilding(rest.shift()!);
    if (this.#unit === null && rest.length > 1) this.#unit = rest.shift()!;
    if (rest.length > 1) this.#floor ??= rest.shift()!;
    this.#room = rest.join('-');
    return true;
  }

  #setBuilding(number: string): void {
    this.#closeEstate(this.#at);
    this.#building = plainNumber(number);
  }

  /** The text before the building is the estate, where it is not a road; without a name a door number names the place. */
  #closeEstate(end: number): void {
    if (this.#lane) return;
    const { road, rest } = splitRoad(this.text.slice(this.#open, end));
    this.#road ??= road;
    const estate = cleanEstate(rest);
    if (estate) this.#estate = estate;
    else if (this.#road && this.#door) this.#estate = `${this.#road}${this.#door}号`;
  }

  /** 5层01室 and 501室 are one room. */
  #wholeRoom(): string | null {
    const room = this.#room;
    if (room === null || this.#floor === null || room.length > 2 || !/^\d+$/.test(room + this.#floor)) return room;
    return `${this.#floor}${room.padStart(2, '0')}`;
  }
}

const isAlphanumeric = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
