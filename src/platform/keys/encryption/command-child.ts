import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { kekCommandError } from '../keys.errors.js';

export interface CommandSettings {
  /** Program and arguments. */
  words: readonly string[];
  deadlineMs: number;
  /** The variables it is given; ours are not among them. */
  environment: Readonly<Record<string, string>>;
}

interface Waiting {
  done: (data: Buffer) => void;
  fail: (error: Error) => void;
  timer: NodeJS.Timeout;
}

const REASON = /^[A-Z][A-Z0-9_]{0,39}$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** One run of the external program: requests in flight by their number, each with a deadline. */
export class CommandChild {
  ended = false;
  /** It missed a deadline, and was ended for that. */
  silent = false;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(private readonly settings: CommandSettings) {
    const [program, ...args] = settings.words;
    this.#process = spawn(program!, args, {
      env: settings.environment,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const child = this.#process;
    child.once('error', (cause) => this.#gone('KEK_COMMAND_MISSING', cause));
    child.once('close', (status, signal) =>
      this.#gone('KEK_COMMAND_FAILED', undefined, signal ?? `EXIT_${status ?? 'UNKNOWN'}`),
    );
    child.stdin.on('error', () => undefined); // its end is told by close
    child.stderr.resume(); // may hold secrets: not ours to show
    createInterface({ input: child.stdout }).on('line', (line) => this.#answer(line));
    // A child that waits for the next request keeps nobody from ending; at our end its input closes.
    child.unref();
    for (const stream of child.stdio) (stream as unknown as Socket | null)?.unref?.();
  }

  /** @throws ConfigurationError KEK_COMMAND_MISSING, KEK_COMMAND_FAILED, KEK_COMMAND_SILENT. */
  ask(op: 'wrap' | 'unwrap', context: string, data: Buffer): Promise<Buffer> {
    const id = ++this.#last;
    return new Promise((done, fail) => {
      const timer = setTimeout(() => this.#missed(), this.settings.deadlineMs);
      this.#waiting.set(id, { done, fail, timer });
      this.#process.stdin.write(`${JSON.stringify({ id, op, context, data: data.toString('base64') })}\n`);
    });
  }

  end(): void {
    this.ended = true;
    this.#process.stdin.end();
    this.#process.kill();
  }

  #answer(line: string): void {
    let read: { id?: unknown; data?: unknown; error?: unknown };
    try {
      read = JSON.parse(line) as typeof read;
    } catch {
      return this.#broken();
    }
    const waiting = this.#waiting.get(read.id as number);
    if (!waiting) return; // no request of ours
    this.#waiting.delete(read.id as number);
    clearTimeout(waiting.timer);
    if (typeof read.data === 'string' && BASE64.test(read.data) && read.error === undefined)
      return waiting.done(Buffer.from(read.data, 'base64'));
    const reason = typeof read.error === 'string' && REASON.test(read.error) ? read.error : 'REFUSED';
    waiting.fail(kekCommandError('KEK_COMMAND_FAILED', this.settings.words[0]!, { reason }));
  }

  /** Not our protocol: whatever it means, nothing it says can be trusted. */
  #broken(): void {
    this.#gone('KEK_COMMAND_FAILED', undefined, 'NOT_JSON');
    this.#process.kill('SIGKILL');
  }

  #missed(): void {
    this.silent = true;
    this.#gone('KEK_COMMAND_SILENT');
    this.#process.kill('SIGKILL');
  }

  #gone(
    code: 'KEK_COMMAND_MISSING' | 'KEK_COMMAND_FAILED' | 'KEK_COMMAND_SILENT',
    cause?: unknown,
    reason = 'NONE',
  ): void {
    this.ended = true;
    const params = { reason, seconds: Math.ceil(this.settings.deadlineMs / 1000) };
    for (const { fail, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      fail(kekCommandError(code, this.settings.words[0]!, params, cause));
    }
    this.#waiting.clear();
  }
}
