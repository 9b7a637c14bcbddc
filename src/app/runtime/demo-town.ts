import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../platform/config/index.js';
import { FatalError } from '../../platform/kernel/index.js';

/** What the town tells of its four systems. */
export interface TownFile {
  seed: number;
  people: number;
  sources: Record<string, { adapter: string; settings: Record<string, unknown> }>;
}

/** The town is another program: it is reached by file path only, never imported. */
export const TOWN_PROGRAM = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'town', 'main.js');

export interface RunningTown {
  town: TownFile;
  stop(): Promise<void>;
}

/** Starts the town's processes and waits until all four systems answer. It stops when this process dies. */
export async function startTown(config: Readonly<Config>, say: (line: string) => void): Promise<RunningTown> {
  const child = spawn(
    process.execPath,
    [
      TOWN_PROGRAM,
      'start',
      '--people',
      String(config.townPeople),
      '--seed',
      String(config.townSeed),
      '--dir',
      config.townDir,
    ],
    { stdio: ['pipe', 'pipe', 'pipe'], detached: true },
  );
  const lines: string[] = [];
  for (const stream of [child.stderr, child.stdout]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 20) lines.shift();
      say(line);
    });
  }
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  await ready(child, config.townDir, lines);
  return {
    town: JSON.parse(readFileSync(join(config.townDir, 'town.json'), 'utf8')) as TownFile,
    stop: async () => {
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 6000);
      await exited;
      clearTimeout(timer);
    },
  };
}

async function ready(child: ChildProcess, directory: string, lines: string[]): Promise<void> {
  const file = join(directory, 'town.json');
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new FatalError('TOWN_FAILED', { params: { lines: lines.slice(-3).join(' / ') } });
    if (
      existsSync(file) &&
      (JSON.parse(readFileSync(file, 'utf8')) as { supervisor?: number }).supervisor === child.pid
    )
      return;
    await new Promise((next) => setTimeout(next, 50));
  }
}
