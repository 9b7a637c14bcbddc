import { spawn, type ChildProcess } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The tree whose built program is run; `npm test` builds it first. */
const TREE = process.env['TEST_CLI_TREE'] ?? join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const MAIN = join(TREE, 'dist', 'app', 'main.js');

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the real command line as a process of its own. */
export class Cli {
  constructor(private readonly env: Record<string, string>) {}

  run(words: readonly string[], options: { stdin?: string; env?: Record<string, string> } = {}): Promise<Ran> {
    const child = this.spawn(words, options.env);
    child.stdin!.end(options.stdin ?? '');
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout!.on('data', (part: Buffer) => out.push(part));
    child.stderr!.on('data', (part: Buffer) => err.push(part));
    return new Promise((done, fail) => {
      child.once('error', fail);
      child.once('close', (code) =>
        done({ code, stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(err).toString('utf8') }),
      );
    });
  }

  /** Runs it and reads what it prints as JSON. */
  async json<T>(words: readonly string[], code = 0): Promise<T> {
    const ran = await this.run([...words, '--json']);
    if (ran.code !== code) throw new Error(`${words.join(' ')}: exit ${ran.code}\n${ran.stderr}`);
    return JSON.parse(ran.stdout) as T;
  }

  /** Starts it and leaves it running. */
  spawn(words: readonly string[], env: Record<string, string> = {}): ChildProcess {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(ISTHMUS_|REDIS_URL|PORT$|npm_|LANG|LC_)/.test(name),
    );
    return spawn(process.execPath, [MAIN, ...words], {
      env: { ...Object.fromEntries(inherited), ...this.env, ...env } as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }
}
