const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : DAYS[month - 1]!;
}

/** A day of the Gregorian calendar between 1800 and 2999; everything else is a typing error or a sentinel. */
export function isDay(year: number, month: number, day: number): boolean {
  return year >= 1800 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The number written by the ASCII digits text[from, to), or -1 when another character stands there. */
export function digitsAt(text: string, from: number, to: number): number {
  if (to > text.length) return -1;
  let number = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

export const pad2 = (number: number): string => (number < 10 ? `0${number}` : String(number));

/** `YYYY-MM-DD` of calendar numbers; the year is at least 1000. */
export const dayText = (year: number, month: number, day: number): string => `${year}-${pad2(month)}-${pad2(day)}`;
