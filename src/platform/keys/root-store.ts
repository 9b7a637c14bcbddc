import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../kernel/index.js';
import type { KeyEncryption } from './encryption/key-encryption.js';
import {
  ensureKeysDirectory,
  KEYRING_FILE,
  newRootKeys,
  readPrivateFile,
  writePrivateFile,
  type RootKeys,
} from './keyring-file.js';
import { keysConfigurationError } from './keys.errors.js';
import { openRootKeys, providerOf, sealRootKeys } from './root-format.js';

/** The keyring file of one directory under one provider. */
export class RootStore {
  #seen = '';

  constructor(
    readonly directory: string,
    readonly encryption: KeyEncryption,
  ) {}

  /** Reads the root keys; makes them where they are missing and may be made. */
  async open(create: boolean): Promise<RootKeys> {
    await ensureKeysDirectory(this.directory, create);
    const file = join(this.directory, KEYRING_FILE);
    if ((await readPrivateFile(file)) === undefined) {
      if (!create) throw keysConfigurationError('KEYS_MISSING', file);
      await writePrivateFile(file, await sealRootKeys(newRootKeys(), this.encryption), 'keep');
    }
    return this.read(); // whoever was first
  }

  /** @throws ConfigurationError KEK_PROVIDER_DIFFERS, KEK_WRONG, KEYS_DAMAGED, KEYS_UNREADABLE and the provider's own. */
  async read(): Promise<RootKeys> {
    const file = join(this.directory, KEYRING_FILE);
    const mark = await this.#mark(); // before the text: a change in between is read once more, never missed
    const text = await readPrivateFile(file);
    if (text === undefined) throw keysConfigurationError('KEYS_UNREADABLE', file);
    const found = providerOf(text, file);
    if (found !== this.encryption.name)
      throw new ConfigurationError('KEK_PROVIDER_DIFFERS', {
        where: { file },
        params: { found, set: this.encryption.name },
      });
    const roots = await openRootKeys(text, file, this.encryption);
    this.#seen = mark;
    return roots;
  }

  /** Whether the file is another one than was read last. */
  async changed(): Promise<boolean> {
    return (await this.#mark()) !== this.#seen;
  }

  async write(roots: RootKeys): Promise<void> {
    await writePrivateFile(join(this.directory, KEYRING_FILE), await sealRootKeys(roots, this.encryption), 'replace');
  }

  /** Every write makes a new file under the old name, so its number and times tell. */
  async #mark(): Promise<string> {
    const { ino, mtimeMs, size } = await stat(join(this.directory, KEYRING_FILE));
    return `${ino}/${mtimeMs}/${size}`;
  }
}
