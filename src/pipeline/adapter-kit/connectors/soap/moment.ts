import { durationMs } from '../duration.js';

/** Wall-clock moments `YYYY-MM-DD HH:mm:ss` of the source, counted as if the zone had no jumps. */
const PATTERN = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/;

/** Milliseconds on the source's own clock. @throws TypeError. */
export function toWall(text: string): number {
  const match = PATTERN.exec(text);
  if (!match) throw new TypeError('not a moment YYYY-MM-DD HH:mm:ss');
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

export const fromWall = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

/** Now on the clocks of `timeZone`. */
export function wallNow(timeZone: string, now: Date = new Date()): number {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(now);
  return toWall(parts);
}

export const backBy = (ms: number, overlap: string | undefined): number =>
  overlap === undefined ? ms : ms - durationMs(overlap);
