import { AS_OF, clockTime, isoDate } from './generator/calendar.js';
import { readJson, writeJson, type Home } from './home.js';

/** Which day it is in town, and when it became so. */
export interface Clock {
  /** Days since the first. */
  day: number;
  /** Every day on which the town ever stood, with the moment when it got there (ISO 8601, UTC). */
  stops: { day: number; at: string }[];
}

export const readClock = (home: Home): Clock => readJson<Clock>(home.clock) ?? { day: 0, stops: [] };

/** Lets `days` pass. @returns the new clock. */
export function advanceClock(home: Home, days: number): Clock {
  const { day, stops } = readClock(home);
  const clock = { day: day + days, stops: [...stops, { day: day + days, at: new Date().toISOString() }] };
  writeJson(home.clock, clock);
  return clock;
}

/** `YYYY-MM-DD` of a day. */
export const dateOf = (day: number): string => isoDate(AS_OF + day);

/** When what happened on `day` was entered, on the clocks of the town (+08:00): when the town first stood on or behind it. */
export function enteredAt({ stops }: Clock, day: number): string {
  const stop = stops.find((one) => one.day >= day);
  if (stop === undefined) return '9999-12-31 00:00:00';
  const seconds = Math.floor(Date.parse(stop.at) / 1000) + 8 * 3600;
  return `${isoDate(Math.floor(seconds / 86_400))} ${clockTime(seconds % 86_400)}`;
}
