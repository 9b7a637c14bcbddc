import { deriveKey } from './derive.js';
import { KEY_PROVIDERS, type KeyEncryption, type KeyProvider } from './encryption/key-encryption.js';
import { KEY_BYTES, type RootKeys } from './keyring-file.js';
import { keysConfigurationError, kekWrongError } from './keys.errors.js';

/*
 * The keyring file. Format 1 (`file`): root keys in the clear, as in a backup. Format 2: each wrapped by the provider
 * it names, with the fingerprint, by which a wrong key is told from a damaged file.
 */
interface Stored {
  provider: KeyProvider;
  roots: RootKeys;
  fingerprint: string | null;
}

/** A public name of the index, service and newest key-encryption key: 16 hex digits. */
export const fingerprintOf = ({ index, service, kek }: RootKeys): string =>
  deriveKey(Buffer.concat([index, service, kek.at(-1)!.key]), 'fingerprint', 8).toString('hex');

/** Root keys in the clear: the file of the provider `file`, and every backup. */
export const serialiseRootKeys = (roots: RootKeys): string => textOf({ format: 1 }, roots);

/** Root keys as the provider's file holds them. */
export async function sealRootKeys(roots: RootKeys, encryption: KeyEncryption): Promise<string> {
  if (encryption.name === 'file') return serialiseRootKeys(roots);
  const wrapped = await eachKey(roots, (key, context) => encryption.wrap(key, context));
  return textOf({ format: 2, provider: encryption.name, fingerprint: fingerprintOf(roots) }, wrapped);
}

/** Which provider a file's root keys need. @throws ConfigurationError KEYS_DAMAGED. */
export const providerOf = (text: string, file: string): KeyProvider => parse(text, file).provider;

/** @throws ConfigurationError KEYS_DAMAGED, KEK_WRONG and the provider's own. */
export async function openRootKeys(text: string, file: string, encryption: KeyEncryption): Promise<RootKeys> {
  const { roots, fingerprint } = parse(text, file);
  if (encryption.name === 'file') return roots;
  const opened = await eachKey(roots, async (wrapped, context) => {
    const key = await encryption.unwrap(wrapped, context);
    if (key.length !== KEY_BYTES) throw kekWrongError(encryption.name);
    return key;
  });
  if (fingerprintOf(opened) !== fingerprint) throw kekWrongError(encryption.name);
  return opened;
}

/** Reads root keys in the clear. @throws ConfigurationError KEYS_DAMAGED; the text itself is never quoted. */
export function parseRootKeys(text: string, file: string): RootKeys {
  const { provider, roots } = parse(text, file);
  if (provider !== 'file') throw keysConfigurationError('KEYS_DAMAGED', file);
  return roots;
}

async function eachKey(roots: RootKeys, turn: (key: Buffer, context: string) => Promise<Buffer>): Promise<RootKeys> {
  const kek: RootKeys['kek'] = [];
  for (const { version, key } of roots.kek) kek.push({ version, key: await turn(key, `isthmus/kek/${version}`) });
  const index = await turn(roots.index, 'isthmus/index');
  return { kek, sealing: roots.sealing, index, service: await turn(roots.service, 'isthmus/service') };
}

const textOf = (head: Record<string, unknown>, { kek, sealing, index, service }: RootKeys): string =>
  `${JSON.stringify(
    {
      ...head,
      kek: kek.map(({ version, key }) => ({ version, key: key.toString('base64') })),
      // Left out where it says nothing: such a file is the one that earlier programs wrote, and they can read it.
      ...(sealing === kek.at(-1)!.version ? {} : { sealing }),
      index: index.toString('base64'),
      service: service.toString('base64'),
    },
    null,
    2,
  )}\n`;

function parse(text: string, file: string): Stored {
  try {
    const read = JSON.parse(text) as {
      format: number;
      provider?: KeyProvider;
      fingerprint?: string;
      kek: { version: number; key: string }[];
      sealing?: number;
      index: string;
      service: string;
    };
    const provider = read.format === 1 ? 'file' : read.format === 2 ? read.provider : undefined;
    if (provider === undefined || !KEY_PROVIDERS.includes(provider)) throw new RangeError('format');
    if ((provider === 'file') !== (read.format === 1) || read.kek.length === 0) throw new RangeError('format');
    const key = (value: string): Buffer => {
      const bytes = Buffer.from(value, 'base64');
      const good = provider === 'file' ? bytes.length === KEY_BYTES : bytes.length > 0;
      if (!good || bytes.toString('base64') !== value) throw new RangeError('key length');
      return bytes;
    };
    const kek = read.kek.map((entry) => ({ version: entry.version, key: key(entry.key) }));
    const first = kek[0]!.version;
    const good = Number.isInteger(first) && first >= 1 && kek.every(({ version }, i) => version === first + i);
    if (!good || kek.at(-1)!.version > 255) throw new RangeError('versions');
    const sealing = read.sealing ?? kek.at(-1)!.version;
    if (!kek.some(({ version }) => version === sealing)) throw new RangeError('sealing');
    const roots = { kek, sealing, index: key(read.index), service: key(read.service) };
    return { provider, roots, fingerprint: read.fingerprint ?? null };
  } catch {
    // No cause: a parser's message quotes the text, and the text is the keys.
    throw keysConfigurationError('KEYS_DAMAGED', file);
  }
}
