import { hkdfSync } from 'node:crypto';

/**
 * One sub key per use (RFC 5869, HKDF-SHA-256), so that no key ever serves two algorithms or two meanings.
 * The roots are 32 uniformly random bytes, so the extract step needs no salt (RFC 5869 §3.1).
 *
 * @param label what the key is for; part of the stored formats, never to be changed.
 */
export function deriveKey(root: Buffer, label: string, bytes = 32): Buffer {
  return Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `isthmus/v1/${label}`, bytes));
}
