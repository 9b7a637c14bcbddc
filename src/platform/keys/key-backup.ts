import { join } from 'node:path';
import { backupExistsError, keysConfigurationError } from './keys.errors.js';
import { readPrivateFile, writePrivateFile, type RootKeys } from './keyring-file.js';
import { parseRootKeys, serialiseRootKeys } from './root-format.js';

const STATUS_FILE = 'backup.json';

/** `none`: never backed up · `outdated`: backed up before the last rotation · `current`. `at` is an ISO time. */
export type BackupStatus = { state: 'none' } | { state: 'outdated' | 'current'; at: string; fingerprint: string };

/** What is known of backups of this keyring; `doctor` warns until it is `current`. */
export async function readBackupStatus(keysDir: string, fingerprint: string): Promise<BackupStatus> {
  const file = join(keysDir, STATUS_FILE);
  const text = await readPrivateFile(file);
  if (text === undefined) return { state: 'none' };
  try {
    const read = JSON.parse(text) as { at: string; fingerprint: string };
    return {
      state: read.fingerprint === fingerprint ? 'current' : 'outdated',
      at: read.at,
      fingerprint: read.fingerprint,
    };
  } catch (cause) {
    throw keysConfigurationError('KEYS_DAMAGED', file, cause);
  }
}

/**
 * Copies the root keys to `file` (0600, never over an existing one), reads them back, and notes it in the key directory.
 *
 * @throws UsageError KEYS_BACKUP_EXISTS; ConfigurationError KEYS_UNWRITABLE.
 */
export async function writeBackup(
  keysDir: string,
  fingerprint: string,
  keys: RootKeys,
  file: string,
  at: Date,
): Promise<void> {
  const text = serialiseRootKeys(keys);
  if (!(await writePrivateFile(file, text, 'keep'))) throw backupExistsError(file);
  if ((await readPrivateFile(file)) !== text) throw keysConfigurationError('KEYS_DAMAGED', file);
  parseRootKeys(text, file);
  const status = JSON.stringify({ at: at.toISOString(), fingerprint });
  await writePrivateFile(join(keysDir, STATUS_FILE), `${status}\n`, 'replace');
}
