import { createHash, timingSafeEqual } from 'node:crypto';
import type { Settings } from '../home.js';

/** The account of the police look-up: station, device and a password. */
export interface LookupAccount {
  station: string;
  device: string;
  password: string;
}

/** Made from the town's other secrets, so that a town of an earlier start has it too. */
export const lookupAccount = ({ passwords }: Settings): LookupAccount => ({
  station: '990101540000',
  device: 'QH-0001',
  password: createHash('sha256').update(`police look-up ${passwords.civilPassword}`).digest('base64url').slice(0, 24),
});

/** Compares texts in constant time. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
