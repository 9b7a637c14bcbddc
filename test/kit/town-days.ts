import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { built } from './built.js';
import type { TownSource } from './town.js';

const run = promisify(execFile);

/** What a list holds on the town's day, and what the days that passed have changed in it. */
export interface ListCounts {
  live: number;
  rejected: number;
  created: number;
  changed: number;
  softDeleted: number;
  vanished: number;
  reappeared: number;
}

export interface Advanced {
  day: number;
  asOf: string;
  events: Record<string, number>;
  sources: Record<TownSource, Record<string, ListCounts>>;
}

/** The town's program, by its own words. */
async function town<T>(directory: string, ...words: string[]): Promise<T> {
  const { stdout } = await run(process.execPath, [built('town/main.js'), ...words, '--json', '--dir', directory], {
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout) as T;
}

/** Lets days pass; returns when all four systems serve the new day. */
export const advanceTown = (directory: string, days: number): Promise<Advanced> =>
  town(directory, 'advance', '--days', String(days));

/** What every list must hold today. */
export const townCounts = (directory: string): Promise<Pick<Advanced, 'day' | 'sources'>> =>
  town(directory, 'truth', '--source-counts');

/** Orders a fault of a running system, or ends faults (`--clear`). */
export const townFault = (directory: string, ...words: string[]): Promise<unknown> =>
  town(directory, 'fault', ...words);
