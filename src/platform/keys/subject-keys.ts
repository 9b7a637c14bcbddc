import { createCipheriv, createDecipheriv, randomBytes, timingSafeEqual } from 'node:crypto';
import { sealBrokenError } from './keys.errors.js';
import { KeyedDigest } from './keyed-digest.js';

/*
 * A wrapped subject key, format 1, 62 bytes:
 *   0 format (1) · 1 key-encryption key version · 2–17 IV of the page · 18–21 place in the page (uint32, big endian)
 *   22–53 the key under AES-256-CTR · 54–61 check: keyed digest over bytes 0–53 and the subject's id, cut to 8 bytes
 *
 * Why CTR over the whole page: one cipher call for 5 000 keys costs 0.3 µs a key, one AEAD call each 3–9 µs, and a key
 * is 32 random bytes, so what an AEAD adds is the check, which the keyed digest gives for 0.6 µs.
 * Why this never repeats a keystream: a page draws a fresh 128-bit IV and uses the counters IV … IV + 2n − 1. Two of
 * q pages of n keys overlap with a probability below q²·2n / 2^128: for 2^32 pages of 2^16 keys, 2^-47. A 96-bit
 * nonce with a 32-bit counter would give less. The IV and the place are stored with each key: rows stand alone, and
 * erasing one (crypto-shredding) reveals nothing about its neighbours.
 * Why the id is part of the check: a wrapped key moved to another subject is noticed when it is opened, not later.
 */
const FORMAT = 1;
const KEY_BYTES = 32;
const IV_BYTES = 16;
const IV_AT = 2;
const PLACE_AT = IV_AT + IV_BYTES;
const BODY_AT = PLACE_AT + 4;
const CHECK_AT = BODY_AT + KEY_BYTES;
const CHECK_BYTES = 8;
export const WRAPPED_BYTES = CHECK_AT + CHECK_BYTES;
const BLOCKS_PER_KEY = BigInt(KEY_BYTES / 16);

/** `count` new subject keys of 32 random bytes, drawn in one call. */
export function newSubjectKeys(count: number): Buffer[] {
  const bytes = randomBytes(count * KEY_BYTES);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES));
}

/** Wraps subject keys under one version of the key-encryption key. */
export class SubjectKeyWrap {
  readonly #cipherKey: Buffer;
  readonly #check: KeyedDigest;
  #message = Buffer.allocUnsafeSlow(1024);

  constructor(
    readonly version: number,
    cipherKey: Buffer,
    checkKey: Buffer,
  ) {
    this.#cipherKey = cipherKey;
    this.#check = new KeyedDigest(checkKey);
  }

  /** @param ids one per key: the subject's id, stable for the life of the key. @returns 62 bytes each. */
  wrap(keys: readonly Uint8Array[], ids: readonly string[]): Buffer[] {
    if (keys.length !== ids.length) throw new RangeError('one id per subject key');
    const plain = Buffer.allocUnsafe(keys.length * KEY_BYTES);
    keys.forEach((key, i) => {
      if (key.length !== KEY_BYTES) throw new RangeError(`a subject key has ${KEY_BYTES} bytes`);
      plain.set(key, i * KEY_BYTES);
    });
    const iv = randomBytes(IV_BYTES);
    const body = createCipheriv('aes-256-ctr', this.#cipherKey, iv).update(plain);
    plain.fill(0);
    const page = Buffer.allocUnsafeSlow(keys.length * WRAPPED_BYTES);
    return ids.map((id, i) => {
      const wrapped = page.subarray(i * WRAPPED_BYTES, (i + 1) * WRAPPED_BYTES);
      wrapped[0] = FORMAT;
      wrapped[1] = this.version;
      wrapped.set(iv, IV_AT);
      wrapped.writeUInt32BE(i, PLACE_AT);
      body.copy(wrapped, BODY_AT, i * KEY_BYTES, (i + 1) * KEY_BYTES);
      this.#checkOf(wrapped, id).copy(wrapped, CHECK_AT, 0, CHECK_BYTES);
      return wrapped;
    });
  }

  /** @throws FatalError KEYS_SEAL_BROKEN when the wrapped key was altered or belongs to another id. */
  unwrap(wrapped: Buffer, id: string): Buffer {
    if (wrapped.length !== WRAPPED_BYTES || wrapped[0] !== FORMAT) throw sealBrokenError();
    const expected = this.#checkOf(wrapped, id).subarray(0, CHECK_BYTES);
    if (!timingSafeEqual(expected, wrapped.subarray(CHECK_AT))) throw sealBrokenError();
    const iv = addToCounter(wrapped.subarray(IV_AT, PLACE_AT), BigInt(wrapped.readUInt32BE(PLACE_AT)) * BLOCKS_PER_KEY);
    return createDecipheriv('aes-256-ctr', this.#cipherKey, iv).update(wrapped.subarray(BODY_AT, CHECK_AT));
  }

  #checkOf(wrapped: Buffer, id: string): Buffer {
    const needed = CHECK_AT + id.length * 3;
    if (needed > this.#message.length) this.#message = Buffer.allocUnsafeSlow(needed * 2);
    wrapped.copy(this.#message, 0, 0, CHECK_AT);
    const length = CHECK_AT + this.#message.write(id, CHECK_AT, 'utf8');
    return this.#check.ofBytes(this.#message.subarray(0, length));
  }
}

/** The counter block `blocks` further on, modulo 2^128, as CTR mode counts (NIST SP 800-38A B.1). */
function addToCounter(iv: Buffer, blocks: bigint): Buffer {
  const value = ((iv.readBigUInt64BE(0) << 64n) | iv.readBigUInt64BE(8)) + blocks;
  const counter = Buffer.allocUnsafe(IV_BYTES);
  counter.writeBigUInt64BE(BigInt.asUintN(64, value >> 64n), 0);
  counter.writeBigUInt64BE(BigInt.asUintN(64, value), 8);
  return counter;
}
