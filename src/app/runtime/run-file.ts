import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a running program tells commands of the same data directory; readable by its owner only. */
export interface RunFile {
  pid: number;
  /** Start time of the process in clock ticks: with the pid it names the process for good. */
  since: string;
  roles: string[];
  httpUrl: string | null;
  /** Port of the embedded PostgreSQL; null with an external one. */
  databasePort: number | null;
}

const fileOf = (dataDir: string): string => join(dataDir, 'run.json');

/** Start time of a process (field 22 of /proc/<pid>/stat); empty where there is no /proc, and for one that has ended. */
export function processStart(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    // A killed process that nobody has asked after yet (a container's first process may never ask) keeps its number.
    return fields[0] === 'Z' || fields[0] === 'X' ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

/** The program that runs on this data directory now, or null. A file left by a killed program does not count. */
export function readRunFile(dataDir: string): RunFile | null {
  if (!existsSync(fileOf(dataDir))) return null;
  try {
    const run = JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as RunFile;
    process.kill(run.pid, 0);
    return run.since === processStart(run.pid) ? run : null;
  } catch {
    return null;
  }
}

export function writeRunFile(dataDir: string, run: RunFile): void {
  const scratch = `${fileOf(dataDir)}.tmp`;
  writeFileSync(scratch, JSON.stringify(run), { mode: 0o600 });
  renameSync(scratch, fileOf(dataDir));
}

export function removeRunFile(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}
