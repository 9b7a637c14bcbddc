import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../../platform/kernel/index.js';
import { processStart } from './run-file.js';

/** Who works on a data directory. */
export interface Holder {
  pid: number;
  /** Start time of the process: with the pid it names the process for good. */
  since: string;
  /** True for the program (`start`), which stays; false for a command, which passes. */
  program: boolean;
}

const fileOf = (dataDir: string): string => join(dataDir, 'lock');

/** Who has the directory now; one left by a dead process counts for nothing. */
export function holderOf(dataDir: string): Holder | null {
  const holder = parse(read(fileOf(dataDir)));
  return holder !== null && lives(holder) ? holder : null;
}

/**
 * Takes the directory for this process: one server, one migration, one program at a time.
 *
 * @returns null, or who has it.
 * @throws ConfigurationError DATA_DIR_UNWRITABLE.
 */
export function takeDirectory(dataDir: string, program: boolean): Holder | null {
  const file = fileOf(dataDir);
  const mine = `${file}.${process.pid}`;
  const words: Holder = { pid: process.pid, since: processStart(process.pid), program };
  try {
    writeFileSync(mine, JSON.stringify(words), { mode: 0o600 });
    while (!isLinked(mine, file)) {
      const text = read(file);
      const holder = parse(text);
      if (holder !== null && lives(holder)) return holder;
      moveAway(file, text);
    }
    return null;
  } catch (cause) {
    throw new ConfigurationError('DATA_DIR_UNWRITABLE', { where: { file: dataDir }, cause });
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Gives the directory back; another's lock is left alone. */
export function releaseDirectory(dataDir: string): void {
  if (parse(read(fileOf(dataDir)))?.pid === process.pid) rmSync(fileOf(dataDir), { force: true });
}

/** Whole or not at all: a reader never sees half a lock. */
function isLinked(mine: string, file: string): boolean {
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a dead process's lock; should it have become another's meanwhile, it is put back. */
function moveAway(file: string, text: string): void {
  const away = `${file}.${process.pid}.old`;
  try {
    renameSync(file, away);
    if (read(away) !== text) linkSync(away, file);
  } catch {
    // Somebody was faster.
  } finally {
    rmSync(away, { force: true });
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function parse(text: string): Holder | null {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return null;
  }
}

function lives({ pid, since }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return processStart(pid) === since;
}
