import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../../faults/kinds.js';

/** Makes of a good delivery one that the faults describe; the marker keeps saying what was promised. */
export async function spoil(directory: string, name: string, faults: readonly Fault[]): Promise<void> {
  const path = join(directory, name);
  for (const { kind } of faults) {
    if (kind === 'marker-without-file') rmSync(path);
    if (kind === 'truncated') truncateSync(path, Math.floor(readFileSync(path).length / 2));
    if (kind === 'encoding') writeFileSync(path, decoded(path));
    if (kind === 'header-moved') {
      const title = Buffer.from(`${name.split('_')[0]} ${name.slice(-12, -4)}\r\n`);
      writeFileSync(path, Buffer.concat([title, readFileSync(path)]));
    }
  }
}

/** The file's text, to be written as UTF-8. */
const decoded = (path: string): string => new TextDecoder('gb18030').decode(readFileSync(path));
