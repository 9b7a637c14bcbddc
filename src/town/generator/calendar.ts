/** Days are counted from 1970-01-01; the town knows no time zone but its own (+08:00). */
export type Day = number;

export interface DateParts {
  year: number;
  month: number;
  day: number;
}

/** Gregorian calendar without Date: Howard Hinnant, "chrono-compatible low-level date algorithms". */
export function dayOf(year: number, month: number, day: number): Day {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

export function partsOf(date: Day): DateParts {
  const z = date + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted + (shifted < 10 ? 3 : -9);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/** `YYYYMMDD` */
export function compactDate(date: Day): string {
  const { year, month, day } = partsOf(date);
  return `${year}${two(month)}${two(day)}`;
}

/** `YYYY-MM-DD` */
export function isoDate(date: Day): string {
  const { year, month, day } = partsOf(date);
  return `${year}-${two(month)}-${two(day)}`;
}

/** `HH:mm:ss` of a second of the day. */
export function clockTime(second: number): string {
  return `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
}

/** The day on which the town stands still: everything in it lies before. */
export const AS_OF: Day = dayOf(2026, 11, 1);

export const years = (count: number): number => Math.floor((count * 1461) / 4);

export const ageAt = (birth: Day, date: Day = AS_OF): number => Math.floor(((date - birth) * 4) / 1461);
