import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { LOGIN_ROLES, type LoginRole } from '../../src/platform/database/index.js';
import { built } from '../kit/built.js';
import type { TestDatabase } from '../kit/postgres.js';
import { until } from '../kit/until.js';
import type { WorkerLine, WorkerOrder } from './worker-order.js';

/** A worker process in the hands of a proof. */
export class WorkerProcess {
  readonly lines: WorkerLine[] = [];
  readonly child: ChildProcess;
  readonly exited: Promise<string>;
  #stderr = '';

  constructor(db: TestDatabase, order: Omit<WorkerOrder, 'urls' | 'owner'> & { owner?: string }) {
    const urls = Object.fromEntries(LOGIN_ROLES.map((role) => [role, db.urlOf(role)])) as Record<LoginRole, string>;
    const whole: WorkerOrder = { owner: 'prove', ...order, urls };
    const child = spawn(process.execPath, [built('test/prove/worker.js')], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.child = child;
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${JSON.stringify(whole)}\n`);
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr = (this.#stderr + text).slice(-4000)));
    createInterface({ input: child.stdout }).on('line', (line) => this.lines.push(JSON.parse(line) as WorkerLine));
    this.exited = new Promise((done) => child.once('close', (code, signal) => done(signal ?? `exit ${code}`)));
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(name);
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.exited;
  }

  said<K extends WorkerLine['kind']>(kind: K): Extract<WorkerLine, { kind: K }>[] {
    return this.lines.filter((line): line is Extract<WorkerLine, { kind: K }> => line.kind === kind);
  }

  /** Waits for a line of a kind. */
  async says(kind: WorkerLine['kind'], seconds = 120): Promise<void> {
    await until(`a worker to say ${kind}`, () => this.said(kind).length > 0 || (!this.running && this.#fail()), {
      seconds,
    });
  }

  /** Waits for its end. @throws Error when it was not a good one. */
  async finishes(): Promise<void> {
    const how = await this.exited;
    if (how !== 'exit 0') this.#fail(how);
  }

  #fail(how = 'it has ended'): never {
    throw new Error(`a worker failed (${how}): ${JSON.stringify(this.lines.slice(-5))}\n${this.#stderr}`);
  }
}
