import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../platform/config/index.js';
import { FatalError } from '../../platform/kernel/index.js';
import { processStart } from './run-file.js';
import { unlessAborted, type Started } from './shutdown.js';

/** What the town tells of its four systems. */
export interface TownFile {
  seed: number;
  people: number;
  sources: Record<string, { adapter: string; settings: Record<string, unknown> }>;
  /** What they answer at request time, besides. */
  lookups?: Record<string, { adapter: string; settings: Record<string, unknown> }>;
}

/** The town is another program: it is reached by file path only, never imported. */
export const TOWN_PROGRAM = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'town', 'main.js');

const STOP_MS = 4500;
const ENDING_MS = 15_000;

/**
 * Starts the town's processes and waits until all four systems answer. It stops when this process dies. A town that
 * another instance runs in the same directory is shared: it is not ours to stop.
 *
 * @param group stopped together with it.
 * @param gone called when our town ends although nobody asked it to.
 * @throws FatalError TOWN_FAILED; the signal's reason.
 */
export async function startTown(
  config: Readonly<Config>,
  group: Started[],
  signal: AbortSignal,
  gone: () => void,
): Promise<TownFile> {
  await unlessAborted(signal, untilOrphanEnds(config.townDir));
  const size = ['--people', String(config.townPeople), '--seed', String(config.townSeed)];
  const child = spawn(process.execPath, [TOWN_PROGRAM, 'start', ...size, '--dir', config.townDir], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const exited = new Promise<void>((done) => child.once('exit', () => done()).once('error', () => done()));
  let stopping = false;
  const kill = (): void => void (hasEnded(child) || process.kill(-child.pid!, 'SIGKILL'));
  group.push({
    stop: async () => {
      stopping = true;
      child.stdin.end();
      if (!hasEnded(child)) child.kill('SIGTERM');
      const timer = setTimeout(kill, STOP_MS);
      await exited;
      clearTimeout(timer);
    },
    kill,
  });
  child.stdin.on('error', () => undefined);
  const lines = lastLines(child);
  await unlessAborted(signal, untilAnswers(child, exited, config.townDir, lines));
  void exited.then(() => stopping || child.exitCode === 0 || gone());
  return JSON.parse(readFileSync(join(config.townDir, 'town.json'), 'utf8')) as TownFile;
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null || child.pid === undefined;

function lastLines(child: ChildProcess): string[] {
  const lines: string[] = [];
  for (const stream of [child.stderr!, child.stdout!])
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 20) lines.shift();
    });
  return lines;
}

/** A town whose owner was killed is about to end: it has taken its file away and needs a moment. */
async function untilOrphanEnds(directory: string): Promise<void> {
  const other = read<{ pid: number; started: string }>(directory, 'supervisor.json');
  const deadline = Date.now() + ENDING_MS;
  const runs = (): boolean => other !== null && processStart(other.pid) === other.started;
  // Its input has closed with its owner, but it may not have looked yet.
  if (runs()) await wait(600);
  while (runs() && !existsSync(join(directory, 'town.json')) && Date.now() < deadline) await wait(50);
}

async function untilAnswers(
  child: ChildProcess,
  exited: Promise<void>,
  directory: string,
  lines: string[],
): Promise<void> {
  for (;;) {
    const town = read<{ supervisor?: number }>(directory, 'town.json');
    if (town?.supervisor !== undefined && town.supervisor === child.pid) return;
    // Having seen to it that the town of another instance runs, it has nothing left to do.
    if (child.exitCode === 0 && town !== null) return;
    if (hasEnded(child)) throw townError(directory, lines);
    await Promise.race([exited, wait(50)]);
  }
}

/** What a town says of the one that lies in its directory already. */
const OTHER = /TOWN_OTHER: .* holds the town of seed (\d+) with (\d+) people.*wanted: seed (\d+) with (\d+) people/;

/** The lines that say why, without the stack below them; what can be said in the user's language is. */
function townError(directory: string, lines: string[]): FatalError {
  if (lines.some((line) => /ENOSPC|No space left|DISK_FULL/.test(line)))
    return new FatalError('DISK_FULL', { where: { file: directory } });
  const [, seed, people, wantedSeed, wantedPeople] = OTHER.exec(lines.join('\n')) ?? [];
  if (seed && people && wantedSeed && wantedPeople)
    return new FatalError('TOWN_OTHER', {
      where: { file: directory },
      params: { seed, people, wantedSeed, wantedPeople },
    });
  const telling = lines.filter(
    (line) => /\b[A-Z][A-Z_]{3,}\b|\bError\b|failed|cure:/.test(line) && !/^\s+at /.test(line),
  );
  return new FatalError('TOWN_FAILED', { params: { lines: telling.slice(-2).join(' / ') || '–' } });
}

function read<T>(directory: string, name: string): T | null {
  try {
    return JSON.parse(readFileSync(join(directory, name), 'utf8')) as T;
  } catch {
    return null;
  }
}
