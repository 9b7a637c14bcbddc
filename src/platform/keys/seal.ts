import { createCipheriv, createDecipheriv } from 'node:crypto';
import { sealBrokenError } from './keys.errors.js';
import { RandomPool } from './random-pool.js';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const OVERHEAD = IV_BYTES + TAG_BYTES;
const ivs = new RandomPool(IV_BYTES * 1024);

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit IV. A key seals a handful of values, far below the 2^32 of §8.3.
 *
 * @param header bytes in front of the sealed value (format and key version); bound as the head of the AAD.
 * @param aad where the value lives (table‖column‖row‖key version): a value copied elsewhere does not open.
 * @returns header ‖ IV (12) ‖ ciphertext ‖ tag (16).
 */
export function seal(key: Buffer, header: Buffer, aad: string, text: string): Buffer {
  const iv = ivs.take(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv);
  cipher.setAAD(bindHeader(header, aad));
  const body = cipher.update(text, 'utf8');
  cipher.final();
  const at = header.length + IV_BYTES;
  const sealed = Buffer.allocUnsafe(at + body.length + TAG_BYTES);
  sealed.set(header, 0);
  sealed.set(iv, header.length);
  sealed.set(body, at);
  sealed.set(cipher.getAuthTag(), at + body.length);
  return sealed;
}

/** Reverses `seal`. @throws FatalError KEYS_SEAL_BROKEN when the value, its place or its key differ. */
export function open(key: Buffer, headerBytes: number, aad: string, sealed: Uint8Array): string {
  if (sealed.length < headerBytes + OVERHEAD) throw sealBrokenError();
  const value = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
  const at = headerBytes + IV_BYTES;
  try {
    const decipher = createDecipheriv(ALGORITHM, key, value.subarray(headerBytes, at), { authTagLength: TAG_BYTES });
    decipher.setAAD(bindHeader(value.subarray(0, headerBytes), aad));
    decipher.setAuthTag(value.subarray(value.length - TAG_BYTES));
    const body = decipher.update(value.subarray(at, value.length - TAG_BYTES));
    decipher.final();
    return body.toString('utf8');
  } catch (cause) {
    throw sealBrokenError(cause);
  }
}

/** The header is authenticated with the place, so that a version byte cannot be altered either. */
function bindHeader(header: Buffer, aad: string): Buffer {
  const bound = Buffer.allocUnsafe(header.length + aad.length * 3);
  bound.set(header, 0);
  return bound.subarray(0, header.length + bound.write(aad, header.length, 'utf8'));
}
