import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FaultBook, readFaults } from '../faults/fault-book.js';
import { readClock, type Clock } from '../clock.js';
import { readJson, writeJson, type Home, type SystemName } from '../home.js';
import { say } from '../progress.js';

/** What a system has taken over: the day that it serves, and the version of the faults. */
export interface Applied {
  day: number;
  faults: number;
}

const EVERY_MS = 150;
const AFTER_FAILURE_MS = 2000;

export const appliedFile = (home: Home, name: SystemName): string => join(home.applied, `${name}.json`);

export const readApplied = (home: Home, name: SystemName): Applied | null => readJson<Applied>(appliedFile(home, name));

/**
 * Looks several times a second whether the town's day or its faults have changed, lets the system take them over, and
 * writes down that it has. @returns a function that stops looking.
 */
export function watchTown(home: Home, name: SystemName, serve: (clock: Clock) => Promise<void>): () => void {
  const book = new FaultBook(home, name);
  // Also the first look takes over what it sees: a day may have passed while the system was starting.
  let stamp: string | null = null;
  let busy = false;
  let notBefore = 0;
  mkdirSync(home.applied, { recursive: true });
  const note = (clock: Clock, faults: number): void => writeJson(appliedFile(home, name), { day: clock.day, faults });
  rmSync(appliedFile(home, name), { force: true });
  const timer = setInterval(() => {
    const now = stampOf(home, book);
    if (busy || now === stamp || performance.now() < notBefore) return;
    busy = true;
    const clock = readClock(home);
    const { version } = readFaults(home);
    serve(clock)
      .then(() => {
        stamp = now;
        note(clock, version);
      })
      .catch((error: unknown) => {
        notBefore = performance.now() + AFTER_FAILURE_MS;
        say(name, `did not take over the new day: ${(error as Error).message}`);
      })
      .finally(() => (busy = false));
  }, EVERY_MS);
  return () => clearInterval(timer);
}

function stampOf(home: Home, book: FaultBook): string {
  // A fault that ends by itself changes no file.
  const inForce = book.inForce().map(({ id }) => id);
  const files = [home.clock, home.faults].map((file) => {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat === undefined ? '' : `${stat.ino}/${stat.mtimeMs}/${stat.size}`;
  });
  return [...files, ...inForce].join('|');
}
