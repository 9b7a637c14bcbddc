import { dayText, pad2 } from './calendar.js';

const HOUR = 3_600_000;

/**
 * Summer time was kept from 1986 to 1991, from 02:00 on the first day to 02:00 on the second; a birth date written as an
 * instant by a program that knew this lies at 23:00 of the day before when it is read with a fixed +08:00.
 */
const SUMMERS: readonly (readonly [start: number, end: number])[] = [
  [Date.UTC(1986, 4, 3, 18), Date.UTC(1986, 8, 13, 17)],
  [Date.UTC(1987, 3, 11, 18), Date.UTC(1987, 8, 12, 17)],
  [Date.UTC(1988, 3, 16, 18), Date.UTC(1988, 8, 10, 17)],
  [Date.UTC(1989, 3, 15, 18), Date.UTC(1989, 8, 16, 17)],
  [Date.UTC(1990, 3, 14, 18), Date.UTC(1990, 8, 15, 17)],
  [Date.UTC(1991, 3, 13, 18), Date.UTC(1991, 8, 14, 17)],
];
const FIRST = SUMMERS[0]![0];
const LAST = SUMMERS[SUMMERS.length - 1]![1];

/** Before 1950 the zone's rules are irregular; the platform's own table is asked (about 2 µs, rare). */
const REGULAR_SINCE = Date.UTC(1950, 0, 1);
const earlyClock = new Intl.DateTimeFormat('en-CA-u-hc-h23', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const isSummer = (instant: number): boolean =>
  instant >= FIRST && instant < LAST && SUMMERS.some(([start, end]) => instant >= start && instant < end);

/** Milliseconds that the clocks of Shanghai are ahead of UTC at an instant; whole minutes. */
export function shanghaiOffset(instant: number): number {
  if (instant >= REGULAR_SINCE) return isSummer(instant) ? 9 * HOUR : 8 * HOUR;
  const parts = Object.fromEntries(earlyClock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(parts.year!, parts.month! - 1, parts.day!, parts.hour!, parts.minute!, parts.second!);
  return Math.round((wall - instant) / 60_000) * 60_000;
}

/** The calendar day in Shanghai at an instant, `YYYY-MM-DD`. */
export function shanghaiDay(instant: number): string {
  const wall = new Date(instant + shanghaiOffset(instant));
  return dayText(wall.getUTCFullYear(), wall.getUTCMonth() + 1, wall.getUTCDate());
}

/** The clock in Shanghai at an instant with its offset: `YYYY-MM-DDTHH:mm:ss+08:00`. */
export function shanghaiTime(instant: number): string {
  const offset = shanghaiOffset(instant);
  const wall = new Date(instant + offset);
  const day = dayText(wall.getUTCFullYear(), wall.getUTCMonth() + 1, wall.getUTCDate());
  const minutes = offset / 60_000;
  return `${day}T${pad2(wall.getUTCHours())}:${pad2(wall.getUTCMinutes())}:${pad2(wall.getUTCSeconds())}+${pad2(Math.floor(minutes / 60))}:${pad2(minutes % 60)}`;
}

/** The offset that belongs to a clock reading in Shanghai, `+08:00` or in those summers `+09:00`. */
export function shanghaiSuffix(year: number, month: number, day: number, hour: number): string {
  if (year < 1986 || year > 1991) return '+08:00';
  return isSummer(Date.UTC(year, month - 1, day, hour) - 8 * HOUR - 1) &&
    isSummer(Date.UTC(year, month - 1, day, hour) - 9 * HOUR)
    ? '+09:00'
    : '+08:00';
}
