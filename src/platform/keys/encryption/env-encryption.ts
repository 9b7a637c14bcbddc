import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { ConfigurationError, type Secret } from '../../kernel/index.js';
import { kekWrongError } from '../keys.errors.js';
import type { KeyEncryption } from './key-encryption.js';

/*
 * A wrapped root key, format 1: 0 format · 1–16 salt · 17–28 IV · ciphertext · tag (16).
 * AES-256-GCM under scrypt(secret, salt), N = 2^15, r = 8, p = 1 (RFC 7914): the secret may be words, not only bytes.
 */
const FORMAT = 1;
const SALT_BYTES = 16;
const IV_AT = 1 + SALT_BYTES;
const BODY_AT = IV_AT + 12;
const TAG_BYTES = 16;
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const LEAST_CHARACTERS = 32;
const LEAST_DISTINCT = 10;
/** What stands in examples everywhere is no secret. */
const DEFAULTS = /change.?me|example|default|password|secret.?key|isthmus|0123456789|1234567890|abcdefgh/i;

/** @throws ConfigurationError KEK_SECRET_WEAK: short, of few characters, or a default. */
export function envKeyEncryption(secret: Secret): KeyEncryption {
  const text = secret.reveal();
  if ([...text].length < LEAST_CHARACTERS || new Set(text).size < LEAST_DISTINCT || DEFAULTS.test(text))
    throw new ConfigurationError('KEK_SECRET_WEAK', {
      where: { setting: 'ISTHMUS_KEK_SECRET' },
      params: { least: LEAST_CHARACTERS },
    });
  const salt = randomBytes(SALT_BYTES);
  const derived = new Map<string, Promise<Buffer>>();
  const keyOf = (used: Buffer): Promise<Buffer> => {
    const name = used.toString('hex');
    const made = derived.get(name) ?? derive(text, used);
    derived.set(name, made);
    return made;
  };
  return {
    name: 'env',
    wrap: async (key, context) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', await keyOf(salt), iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(key), cipher.final()]);
      return Buffer.concat([Buffer.of(FORMAT), salt, iv, body, cipher.getAuthTag()]);
    },
    unwrap: async (wrapped, context) => {
      if (wrapped[0] !== FORMAT || wrapped.length < BODY_AT + TAG_BYTES) throw kekWrongError('env');
      const key = await keyOf(wrapped.subarray(1, IV_AT));
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(IV_AT, BODY_AT), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(Buffer.from(context)).setAuthTag(wrapped.subarray(wrapped.length - TAG_BYTES));
        return Buffer.concat([
          decipher.update(wrapped.subarray(BODY_AT, wrapped.length - TAG_BYTES)),
          decipher.final(),
        ]);
      } catch {
        throw kekWrongError('env');
      }
    },
    close: () => derived.clear(),
  };
}

const derive = (text: string, salt: Buffer): Promise<Buffer> =>
  new Promise((done, fail) => scrypt(text, salt, 32, COST, (error, key) => (error === null ? done(key) : fail(error))));
