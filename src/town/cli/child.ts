import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { TownError } from '../errors.js';
import type { Home, SystemName } from '../home.js';
import type { ReadyLine } from '../systems/system.js';

/** A system's process, answering. */
export interface Child {
  name: SystemName;
  process: ChildProcess;
  port: number;
  exited: Promise<string>;
}

const KILL_AFTER_MS = 8000;

export const isAlive = (child: Child): boolean => child.process.exitCode === null && child.process.signalCode === null;

/**
 * Starts one system as a process of its own and waits until it says that it answers. It stops when our end of its
 * standard input closes, so it cannot outlive us.
 *
 * @throws TownError TOWN_SYSTEM when it ends before.
 */
export function startChild(home: Home, name: SystemName): { process: ChildProcess; ready: Promise<Child> } {
  const program = fileURLToPath(new URL(`../systems/${name}.js`, import.meta.url));
  const child = spawn(process.execPath, [program, '--dir', home.root], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined);
  const exited = new Promise<string>((done) => {
    child.once('exit', (code, signal) => done(signal ?? `exit ${code}`));
    child.once('error', (error) => done(error.message));
  });
  const ready = new Promise<Child>((done, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { port } = JSON.parse(line) as ReadyLine;
      done({ name, process: child, port, exited });
    });
    void exited.then((why) =>
      fail(new TownError('TOWN_SYSTEM', `${name} did not start (${why})`, 'read its lines above; then start again')),
    );
  });
  return { process: child, ready };
}

/** SIGTERM, and SIGKILL when that is not enough. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  await exited;
  clearTimeout(timer);
}
