import { ConfigurationError, FatalError, RetriableError, UsageError } from '../kernel/index.js';

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

/** The key-encryption key at hand is not the one that wrapped the root keys. */
export const kekWrongError = (provider: string): ConfigurationError =>
  new ConfigurationError('KEK_WRONG', { params: { provider } });

/** The external program that holds the key-encryption key is missing, fails or is silent. */
export const kekCommandError = (
  code: 'KEK_COMMAND_MISSING' | 'KEK_COMMAND_FAILED' | 'KEK_COMMAND_SILENT',
  program: string,
  params: Record<string, string | number>,
  cause?: unknown,
): ConfigurationError => new ConfigurationError(code, { where: { file: program }, params, cause });

/** A value was sealed with a key version that has been retired meanwhile: the next try uses the newer one. */
export const retiredVersionError = (version: number): RetriableError =>
  new RetriableError('KEYS_VERSION_RETIRED', { params: { version }, retryAfterMs: 1500 });
