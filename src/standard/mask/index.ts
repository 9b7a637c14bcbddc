import type { MaskName } from '../spec.js';
import { maskAddress } from './address.js';
import { maskCertificate, maskIdNumber } from './id-number.js';
import { maskName } from './name.js';
import { maskPhone } from './phone.js';
import { generaliseToYear } from './year.js';

export { maskAddress } from './address.js';
export { maskCertificate, maskIdNumber } from './id-number.js';
export { maskName } from './name.js';
export { maskPhone } from './phone.js';
export { generaliseToYear } from './year.js';

/**
 * The masked form of a value, or null where the mask shows nothing. Masks are computed when a value is read and never
 * stored. A masked ID number is still personal information: with a known birth date few numbers are left.
 */
export function applyMask(mask: MaskName, value: string): string | null {
  switch (mask) {
    case 'name':
      return maskName(value);
    case 'idNumber':
      return maskIdNumber(value);
    case 'phone':
      return maskPhone(value);
    case 'address':
      return maskAddress(value);
    case 'certificate':
      return maskCertificate(value);
    case 'year':
      return generaliseToYear(value);
    case 'withhold':
      return null;
  }
}
