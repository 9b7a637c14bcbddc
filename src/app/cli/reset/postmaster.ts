import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The process id of the PostgreSQL that runs on a data directory, or null. */
export function postmasterRuns(directory: string): number | null {
  try {
    const pid = Number(readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')[0]);
    if (!(pid > 0)) return null;
    process.kill(pid, 0);
    // A process id is used again some day: only a postgres counts.
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres') ? pid : null;
  } catch {
    return null;
  }
}
