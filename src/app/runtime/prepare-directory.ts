import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigurationError } from '../../platform/kernel/index.js';

/** Makes the data directory, for its owner only. @throws ConfigurationError DATA_DIR_UNWRITABLE. */
export function prepareDirectory(dataDir: string): void {
  try {
    refuseFile(dataDir);
    makeDirectories(dataDir);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    throw new ConfigurationError('DATA_DIR_UNWRITABLE', { where: { file: dataDir }, cause });
  }
}

/** @throws ConfigurationError DATA_DIR_UNWRITABLE where a file stands in the directory's place. */
export function refuseFile(dataDir: string): void {
  if (statSync(dataDir, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new ConfigurationError('DATA_DIR_UNWRITABLE', { where: { file: dataDir } });
}

/** Step by step: where a file system makes no directories (/proc), a recursive mkdir of Node 20 never returns. */
function makeDirectories(path: string): void {
  if (existsSync(path)) return;
  makeDirectories(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}
