import { keepEnds } from './keep-ends.js';

/** Mobile 138****1234; land line 0571-****1234; what is shorter shows its last two digits. */
export function maskPhone(value: string): string {
  const area = /^(0\d{2,3}-)(.+)$/.exec(value);
  if (area) return area[1]! + maskLine(area[2]!);
  return value.length >= 11 ? keepEnds(value, 3, 4) : maskLine(value);
}

const maskLine = (line: string): string => (line.length >= 7 ? keepEnds(line, 0, 4) : keepEnds(line, 0, 2));
