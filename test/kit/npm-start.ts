import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './built.js';
import { until } from './until.js';

export interface Running {
  pid: number;
  command: string;
}

const text = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

const cwdOf = (pid: number): string => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
};

/** Every process that has to do with a directory: by its arguments, its environment or where it works. */
export function processesOf(home: string): Running[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((name) => ({ pid: Number(name), command: text(`/proc/${name}/cmdline`).split('\0').join(' ').trim() }))
    .filter(
      ({ pid, command }) =>
        command !== '' && [command, cwdOf(pid), text(`/proc/${pid}/environ`)].some((words) => words.includes(home)),
    );
}

/** `npm start` as a stranger types it, on a data directory of its own below `home`. */
export class NpmStart {
  output = '';
  code: number | NodeJS.Signals | null = null;
  readonly child: ChildProcess;
  readonly exited: Promise<void>;

  constructor(
    readonly home: string,
    settings: Record<string, string> = {},
    words: readonly string[] = [],
  ) {
    this.child = spawn('npm', ['start', ...(words.length ? ['--', ...words] : [])], {
      cwd: ROOT,
      // A group of its own, as a terminal makes it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...cleanEnvironment(), ...settingsFor(home), ...settings },
    });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.on('data', (part: Buffer) => (this.output += part.toString('utf8')));
    this.exited = new Promise((done) =>
      this.child.once('exit', (code, signal) => {
        this.code = signal ?? code;
        done();
      }),
    );
  }

  /** Waits until it has said so. @throws Error when it ends before. */
  async says(words: RegExp, seconds = 90): Promise<RegExpMatchArray> {
    return until(
      `${words}`,
      () => {
        const found = this.output.match(words);
        if (!found && this.code !== null) throw new Error(`ended with ${this.code}:\n${this.output.slice(-2000)}`);
        return found;
      },
      { seconds },
    );
  }

  /** The program itself, below npm and its shell. */
  get node(): number {
    const found = processesOf(this.home).find(({ command }) => /^\S*node .*launch\/start\.mjs/.test(command));
    if (!found) throw new Error('the program does not run');
    return found.pid;
  }

  /** The PostgreSQL of the program's own data. */
  get postmaster(): number {
    const data = join(this.home, 'data', 'pg');
    return processesOf(this.home).find(({ command }) => command.includes(`postgres -D ${data} `))!.pid;
  }

  /** Waits until nothing of it is left, and says how long that took in ms. */
  async gone(): Promise<number> {
    const from = performance.now();
    await until('every process to end', () => processesOf(this.home).length === 0, { seconds: 15 }).catch(() => {
      throw new Error(`left behind: ${JSON.stringify(processesOf(this.home))}`);
    });
    return performance.now() - from;
  }

  /** A line of its greeting, run by a shell where a stranger would paste it. */
  paste(line: RegExp): { status: number | null; stdout: string; stderr: string; line: string } {
    const found = line.exec(this.output)![0];
    const { status, stdout, stderr } = spawnSync('sh', ['-c', found], {
      cwd: ROOT,
      encoding: 'utf8',
      env: cleanEnvironment(),
    });
    return { status, stdout, stderr, line: found };
  }

  /** For the end of a test that failed: nothing may stay. */
  killAll(): void {
    for (const { pid } of processesOf(this.home))
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Gone already.
      }
  }
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = /^(ISTHMUS_|REDIS_URL|PORT$|npm_|LANG|LC_|NODE_ENV|NODE_OPTIONS|JEST)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

const settingsFor = (home: string): Record<string, string> => ({
  ISTHMUS_DATA_DIR: join(home, 'data'),
  ISTHMUS_TOWN_DIR: join(home, 'town'),
  ISTHMUS_TOWN_PEOPLE: '100',
  ISTHMUS_LANG: 'en',
  PORT: '0',
});
