import { randomBytes, timingSafeEqual } from 'node:crypto';

/** `isth_<id>_<secret>`: the id finds the row, the secret is 256 random bits. Only a keyed digest of the whole is stored. */
const SHAPE = /^isth_([0-9a-f]{16})_([0-9a-f]{64})$/;

export interface NewToken {
  id: string;
  token: string;
}

export function makeToken(random: (size: number) => Buffer = randomBytes): NewToken {
  const id = random(8).toString('hex');
  return { id, token: `isth_${id}_${random(32).toString('hex')}` };
}

/** The token of an `Authorization: Bearer …` header with its id, or null when there is none of our shape. */
export function parseAuthorization(header: string | undefined): NewToken | null {
  const bearer = /^Bearer +(\S{1,200})$/i.exec(header?.trim() ?? '');
  const shape = bearer ? SHAPE.exec(bearer[1]!) : null;
  return shape ? { id: shape[1]!, token: bearer![1]! } : null;
}

/** Compares two digests without telling by its time where they differ. */
export const sameDigest = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);
