import { ConfigurationError, FatalError, UsageError } from '../kernel/index.js';

/** The key directory or file is open to others, unreadable, missing or damaged: an operator must act. */
export const keysConfigurationError = (
  code: 'KEYS_DIR_MODE' | 'KEYS_FILE_MODE' | 'KEYS_UNREADABLE' | 'KEYS_UNWRITABLE' | 'KEYS_MISSING' | 'KEYS_DAMAGED',
  file: string,
  cause?: unknown,
  params: Record<string, string | number> = {},
): ConfigurationError => new ConfigurationError(code, { where: { file }, params, cause });

/** A sealed value does not open: altered, moved to another place, or sealed by a key that is not here. */
export const sealBrokenError = (cause?: unknown): FatalError => new FatalError('KEYS_SEAL_BROKEN', { cause });

/** A sealed value names a key version that this keyring does not hold. */
export const unknownKeyVersionError = (version: number): FatalError =>
  new FatalError('KEYS_VERSION_UNKNOWN', { params: { version } });

export const backupExistsError = (file: string): UsageError =>
  new UsageError('KEYS_BACKUP_EXISTS', { where: { file } });
