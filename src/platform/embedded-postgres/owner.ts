import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ConfigurationError } from '../kernel/index.js';

const SHUTDOWN_MS = 10_000;
/** How long an owner who is just closing his server is waited for. */
const CLOSING_MS = 1500;

/**
 * Sees that no other server holds the directory: one whose owner was killed is stopped, processes that outlived their
 * postmaster are ended, and a lock file whose number now belongs to a stranger is removed.
 *
 * @throws ConfigurationError POSTGRES_RUNNING when the owner lives, naming the postmaster.
 */
export async function clearTheWay(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (runsOn(pid, dataDir)) await endOrphan(pid, dataDir);
  if (!(await until(() => leftOn(dataDir).length === 0, CLOSING_MS))) {
    for (const left of leftOn(dataDir)) kill(left, 'SIGKILL');
    await until(() => leftOn(dataDir).length === 0, CLOSING_MS);
  }
  if (existsSync(file) && alive(pid)) rmSync(file);
}

async function endOrphan(pid: number, dataDir: string): Promise<void> {
  const gone = (): boolean => !runsOn(pid, dataDir);
  if (ownerLives(dataDir)) {
    if (await until(gone, CLOSING_MS)) return;
    // The owner himself may have died in the meantime.
    if (ownerLives(dataDir))
      throw new ConfigurationError('POSTGRES_RUNNING', { where: { file: dataDir }, params: { pid } });
  }
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    kill(pid, signal);
    if (await until(gone, SHUTDOWN_MS)) return;
  }
  throw new ConfigurationError('POSTGRES_RUNNING', { where: { file: dataDir }, params: { pid } });
}

async function until(met: () => boolean, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (!met()) {
    if (Date.now() > deadline) return false;
    await setTimeout(50);
  }
  return true;
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Processes of a PostgreSQL work inside its directory. */
const leftOn = (dataDir: string): number[] =>
  existsSync('/proc/self')
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .filter((pid) => runsOn(pid, dataDir))
    : [];

function runsOn(pid: number, dataDir: string): boolean {
  try {
    if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres') || startTime(pid) === '') return false;
    if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(dataDir)) return true;
    return readlinkSync(`/proc/${pid}/cwd`) === dataDir;
  } catch {
    return false;
  }
}

/** Empty for a process that has ended, although nobody has asked after it yet. */
function startTime(pid: number): string {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? '' : fields[19]!;
}

/** Writes down whose server runs here. Pid and start time together name a process for good; a bare pid is reused. */
export function claim(dataDir: string): void {
  writeFileSync(
    join(dataDir, 'isthmus-owner'),
    `${process.pid} ${existsSync('/proc/self/stat') ? startTime(process.pid) : ''}`,
  );
}

function ownerLives(dataDir: string): boolean {
  try {
    const [pid, since] = readFileSync(join(dataDir, 'isthmus-owner'), 'utf8').split(' ');
    return since !== '' && startTime(Number(pid)) === since;
  } catch {
    return false;
  }
}
