import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { environmentValue } from '../config/index.js';

/** Full path of a program of the host, or null. Looked up once in PATH: what is started later gets a PATH of its own. */
export function findCommand(name: string): string | null {
  for (const directory of (environmentValue('PATH') ?? '').split(delimiter).filter(isAbsolute)) {
    const path = join(directory, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not here.
    }
  }
  return null;
}
