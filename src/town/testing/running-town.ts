import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built } from '../../../test/kit/built.js';
import type { TownFile } from '../cli/town-file.js';

export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** A town of a test: a directory of its own, the built program, started as the program starts it. */
export class RunningTown {
  readonly dir = mkdtempSync(join(tmpdir(), 'isthmus-town-'));
  readonly main = built('town/main.js');
  private readonly processes: ChildProcess[] = [];
  stderr = '';

  /** Starts the main process; its standard input stays open until `stop`. */
  launch(...flags: string[]): ChildProcess {
    const child = spawn(process.execPath, [this.main, 'start', '--dir', this.dir, ...flags], {
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.processes.push(child);
    return child;
  }

  /** Runs another command to its end. */
  run(...words: string[]): Ran {
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.main, ...words, '--dir', this.dir], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return { status, stdout, stderr };
  }

  file(): TownFile | null {
    const path = join(this.dir, 'town.json');
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as TownFile) : null;
  }

  /** Waits until the last launched town says that its four systems answer; a killed one's `town.json` may lie there still. */
  async answering(): Promise<TownFile> {
    const last = this.processes.at(-1)!;
    await until(() => this.file()?.supervisor === last.pid || last.exitCode !== null, 'town.json');
    const file = this.file();
    if (file === null || file.supervisor !== last.pid) throw new Error(`the town did not start:\n${this.stderr}`);
    return file;
  }

  async clear(): Promise<void> {
    for (const child of this.processes) child.stdin?.end();
    await Promise.all(this.processes.map(ended));
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** Polls a condition; throws with its name after 40 s. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 40_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((next) => setTimeout(next, 20));
  }
}

export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => child.once('exit', () => done()));
}

export function processRuns(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
