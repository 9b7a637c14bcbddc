import { dayText, digitsAt, isDay, pad2 } from './calendar.js';
import { compact, foldWidth, isMasked, tidy } from './characters.js';
import { EMPTY, invalid, masked, value, type NormaliseResult } from './result.js';
import { shanghaiDay, shanghaiSuffix, shanghaiTime } from './shanghai.js';

/**
 * The shapes a manifest may declare. Local times are Shanghai's. `auto` takes whatever of them is unambiguous by its
 * length and separators; a count of milliseconds or seconds must be declared.
 */
export const DATE_SHAPES = [
  'auto',
  'YYYY',
  'YYYYMM',
  'YYYY-MM',
  'YYYYMMDD',
  'YYYY-MM-DD',
  'YYYYMMDDHHmmss',
  'YYYY-MM-DD HH:mm:ss',
  'ISO',
  'ms',
  's',
] as const;
export type DateShape = (typeof DATE_SHAPES)[number];

/** A moment read to some precision: day text for dates, clock for times. */
interface Moment {
  /** -1 when only the instant is known: the day in Shanghai follows from it. */
  year: number;
  /** 0 when only the year is known. */
  month: number;
  /** 0 when only the month is known. */
  day: number;
  /** -1 when no time of day was written. */
  hour: number;
  minute: number;
  second: number;
  /** Set when the text names an instant (zone or epoch) rather than a clock reading. */
  instant: number | undefined;
}

/** Dates that mean "no end" or "nothing": written because a column must not be null. */
const SENTINEL_DAYS = new Set([
  '3000-01-01',
  '2999-12-31',
  '2099-12-31',
  '2050-01-01',
  '2037-12-31',
  '2037-01-01',
  '1900-01-01',
]);

/** Also by the year alone: 3000-01, 9999-12-31, 0001-01-01, 00000000, 1753-01-01, and the zero day of spreadsheets. */
function isSentinel(year: number, month: number, day: number): boolean {
  if (year === 0 || year === 1 || year === 1753 || year === 3000 || year === 9999) return true;
  if (year === 1899 && month === 12) return true;
  return day > 0 && SENTINEL_DAYS.has(`${year}-${pad2(month)}-${pad2(day)}`);
}

/** A date: YYYY-MM-DD, or YYYY-MM or YYYY where the source knows no more. Sentinels are EMPTY. */
export function normaliseDate(input: string, shape: DateShape = 'auto'): NormaliseResult {
  const read = readMoment(input, shape);
  if ('state' in read) return read;
  if (read.instant !== undefined && !writesShanghaiClock(read)) return value(shanghaiDay(read.instant));
  if (read.month === 0) return value(String(read.year));
  return value(read.day === 0 ? `${read.year}-${pad2(read.month)}` : dayText(read.year, read.month, read.day));
}

/** A month: YYYY-MM; a day is cut to its month, a year alone is invalid. */
export function normaliseMonth(input: string, shape: DateShape = 'auto'): NormaliseResult {
  const read = normaliseDate(input, shape);
  if (read.state !== 'VALUE' || read.value.length === 7) return read;
  return read.value.length === 10 ? value(read.value.slice(0, 7)) : invalid('monthMissing');
}

/** A moment: the clock in Shanghai with its offset, YYYY-MM-DDTHH:mm:ss+08:00; a date without a time begins at 00:00. */
export function normaliseDateTime(input: string, shape: DateShape = 'auto'): NormaliseResult {
  const read = readMoment(input, shape);
  if ('state' in read) return read;
  if (read.instant !== undefined) return value(shanghaiTime(read.instant));
  if (read.day === 0) return invalid('dayMissing');
  const { year, month, day, minute, second } = read;
  const hour = Math.max(read.hour, 0);
  return value(
    `${dayText(year, month, day)}T${pad2(hour)}:${pad2(minute)}:${pad2(second)}${shanghaiSuffix(year, month, day, hour)}`,
  );
}

/** A text with +08:00 means the day it writes, whatever summer time was then. */
const writesShanghaiClock = (moment: Moment): boolean => moment.year >= 0;

function readMoment(input: string, shape: DateShape): Moment | NormaliseResult {
  if (shape === 'ms' || shape === 's') return readEpoch(compact(input), shape === 'ms' ? 1 : 1000);
  // Eight digits and ten characters with hyphens are nearly all there is: read them without copying.
  let moment = parsePlain(input);
  if (!moment) {
    const text = tidy(foldWidth(input));
    if (text === '') return EMPTY;
    if (isMasked(text)) return masked(text);
    moment = parsePlain(text) ?? parseRest(text);
  }
  if (!moment) return invalid('dateShape');
  if (moment.year < 0) return shape === 'auto' || shape === 'ISO' ? moment : invalid('dateShape');
  if (isSentinel(moment.year, moment.month, moment.day)) return EMPTY;
  if (shape !== 'auto' && !fits(moment, shape)) return invalid('dateShape');
  if (!isDay(moment.year, moment.month || 1, moment.day || 1) || (moment.month === 0 && moment.day > 0))
    return invalid('dateImpossible');
  if (moment.hour > 23 || moment.minute > 59 || moment.second > 59) return invalid('timeImpossible');
  return moment;
}

const isDashed = (text: string): boolean =>
  text.length === 10 && text.charCodeAt(4) === 0x2d && text.charCodeAt(7) === 0x2d;

function readEpoch(text: string, factor: number): Moment | NormaliseResult {
  if (text === '') return EMPTY;
  if (!/^-?\d{1,15}$/.test(text)) return invalid('dateShape');
  const instant = Number(text) * factor;
  const year = new Date(instant).getUTCFullYear();
  if (Number.isNaN(year)) return invalid('dateImpossible');
  const day = shanghaiDay(instant);
  if (isSentinel(year, Number(day.slice(5, 7)), Number(day.slice(8)))) return EMPTY;
  return { ...at(-1), instant };
}

const at = (year: number, month = 0, day = 0): Moment => ({
  year,
  month,
  day,
  hour: -1,
  minute: 0,
  second: 0,
  instant: undefined,
});

const SEPARATED =
  /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})?日?)?(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** The forms of digits and hyphens alone. */
function parsePlain(text: string): Moment | undefined {
  const { length } = text;
  if (isDashed(text)) {
    const year = digitsAt(text, 0, 4);
    const month = digitsAt(text, 5, 7);
    const day = digitsAt(text, 8, 10);
    return year < 0 || month < 0 || day < 0 ? undefined : at(year, month, day);
  }
  if (length < 4 || length > 14 || digitsAt(text, 0, length) < 0) return undefined;
  const year = digitsAt(text, 0, 4);
  if (length === 4) return at(year);
  if (length === 6) return at(year, digitsAt(text, 4, 6));
  if (length === 8) return at(year, digitsAt(text, 4, 6), digitsAt(text, 6, 8));
  if (length !== 14) return undefined;
  const moment = at(year, digitsAt(text, 4, 6), digitsAt(text, 6, 8));
  return clock(moment, digitsAt(text, 8, 10), digitsAt(text, 10, 12), digitsAt(text, 12, 14));
}

function parseRest(text: string): Moment | undefined {
  const yearOnly = /^(\d{4})年$/.exec(text);
  if (yearOnly) return at(Number(yearOnly[1]));
  const parts = SEPARATED.exec(text);
  if (!parts) return undefined;
  const moment = at(Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0));
  if (parts[4] === undefined) return moment;
  if (moment.day === 0) return undefined;
  clock(moment, Number(parts[4]), Number(parts[5]), Number(parts[6] ?? 0));
  return parts[7] ? zoned(moment, parts[7]) : moment;
}

function clock(moment: Moment, hour: number, minute: number, second: number): Moment {
  moment.hour = hour;
  moment.minute = minute;
  moment.second = second;
  return moment;
}

/** A clock reading with a zone is an instant; one written for +08:00 also keeps its day. */
function zoned(moment: Moment, zone: string): Moment {
  const minutes = zone === 'Z' ? 0 : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
  const { year, month, day, hour, minute, second } = moment;
  if (isSentinel(year, month, day) || !isDay(year, month, day)) return moment;
  const instant = Date.UTC(year, month - 1, day, hour, minute, second) - minutes * 60_000;
  return minutes === 480 ? { ...moment, instant } : { ...at(-1), instant };
}

function fits(moment: Moment, shape: DateShape): boolean {
  if (shape === 'ISO') return moment.day > 0 || moment.instant !== undefined;
  if (shape === 'YYYY') return moment.month === 0;
  if (shape === 'YYYYMM' || shape === 'YYYY-MM') return moment.day === 0 && moment.month > 0;
  if (shape === 'YYYYMMDD' || shape === 'YYYY-MM-DD') return moment.day > 0 && moment.hour < 0;
  return moment.day > 0 && moment.hour >= 0;
}
