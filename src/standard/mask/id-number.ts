import { keepEnds } from './keep-ends.js';

/** 9901**********0010: never six digits in a row, so that neither division nor birth date can be read off. */
export function maskIdNumber(value: string): string {
  if (value.length >= 15) return keepEnds(value, 4, 4);
  return value.length >= 8 ? keepEnds(value, 2, 2) : keepEnds(value, 1, 1);
}

/** Certificate and household numbers: two characters at each end. */
export function maskCertificate(value: string): string {
  return value.length >= 6 ? keepEnds(value, 2, 2) : keepEnds(value, 1, 0);
}
