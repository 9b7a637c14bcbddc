import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { keysConfigurationError } from './keys.errors.js';

export const KEYRING_FILE = 'keyring.json';
const OPEN_TO_OTHERS = 0o077;
export const KEY_BYTES = 32;

/** The root keys. Everything in use is derived from them; `kek` gets one entry per rotation and loses the retired ones. */
export interface RootKeys {
  /** Key-encryption keys by version (1–255, one after the other): wrap subject keys, seal source secrets. */
  kek: { version: number; key: Buffer }[];
  /** The version that wraps and seals now. Newer ones are there so that everybody can open what they will seal. */
  sealing: number;
  /** Row hashes, content hashes, blind indexes, pseudonyms: changing it re-hashes every row, so it has no versions. */
  index: Buffer;
  /** Token digests and passwords of the database roles. */
  service: Buffer;
}

export const newRootKey = (): Buffer => randomBytes(KEY_BYTES);

/** Fresh root keys. */
export const newRootKeys = (): RootKeys => ({
  kek: [{ version: 1, key: newRootKey() }],
  sealing: 1,
  index: newRootKey(),
  service: newRootKey(),
});

/**
 * Makes the key directory (0700) where it is missing.
 *
 * @throws ConfigurationError KEYS_DIR_MODE when others can enter it, KEYS_UNWRITABLE when it cannot be made.
 */
export async function ensureKeysDirectory(directory: string, create: boolean): Promise<void> {
  if (create) {
    await mkdir(directory, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
      throw keysConfigurationError('KEYS_UNWRITABLE', directory, cause);
    });
  }
  const found = await stat(directory).catch((cause: unknown) => {
    throw keysConfigurationError(isMissing(cause) ? 'KEYS_MISSING' : 'KEYS_UNREADABLE', directory, cause);
  });
  if (!found.isDirectory()) throw keysConfigurationError('KEYS_DAMAGED', directory);
  if (found.mode & OPEN_TO_OTHERS)
    throw keysConfigurationError('KEYS_DIR_MODE', directory, undefined, modeOf(found.mode));
}

/** The private file's text, or undefined where there is none. @throws ConfigurationError KEYS_FILE_MODE, KEYS_UNREADABLE. */
export async function readPrivateFile(file: string): Promise<string | undefined> {
  // The mode is asked of the opened file: what is checked is what is read.
  const handle = await open(file, constants.O_RDONLY).catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw keysConfigurationError('KEYS_UNREADABLE', file, cause);
  });
  if (!handle) return undefined;
  try {
    const { mode } = await handle.stat();
    if (mode & OPEN_TO_OTHERS) throw keysConfigurationError('KEYS_FILE_MODE', file, undefined, modeOf(mode));
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

/**
 * Writes a private file (0600) so that after a crash there is the old one or the new one, never half of one.
 *
 * @param ifExists `keep` leaves a file that is already there, even one made this very moment by another process.
 * @returns false when the file was kept.
 */
export async function writePrivateFile(file: string, text: string, ifExists: 'keep' | 'replace'): Promise<boolean> {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (ifExists === 'replace') await rename(draft, file);
    else await link(draft, file); // unlike rename, link refuses an existing name
    const directory = await open(join(file, '..'), constants.O_RDONLY);
    await directory.sync().finally(() => directory.close());
    return true;
  } catch (cause) {
    if (ifExists === 'keep' && (cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw keysConfigurationError('KEYS_UNWRITABLE', file, cause);
  } finally {
    await unlink(draft).catch(() => undefined);
  }
}

const isMissing = (cause: unknown): boolean => (cause as NodeJS.ErrnoException).code === 'ENOENT';
const modeOf = (mode: number): { mode: string } => ({ mode: (mode & 0o777).toString(8).padStart(4, '0') });
