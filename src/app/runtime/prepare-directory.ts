import { accessSync, constants, mkdirSync } from 'node:fs';
import { ConfigurationError } from '../../platform/kernel/index.js';

/** Makes the data directory, for its owner only. @throws ConfigurationError DATA_DIR_UNWRITABLE. */
export function prepareDirectory(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new ConfigurationError('DATA_DIR_UNWRITABLE', { where: { file: dataDir }, cause });
  }
}
