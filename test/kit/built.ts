import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const above = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The compiled tree: this file's own when it is compiled, otherwise the one that `npm test` has built beside the sources. */
export const DIST = basename(above) === 'dist' ? above : join(above, 'dist');

/** Repository root. */
export const ROOT = join(DIST, '..');

/** A compiled program, for a process of its own: `built('town/main.js')`. */
export const built = (path: string): string => join(DIST, path);
