import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Process groups that end with us. */
const groups = new Set();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'isthmus:orphaned'];
/** One Ctrl-C may arrive twice: from the terminal and from npm. */
const ECHO_MS = 500;
const PATIENCE_MS = 5000;
let since = null;

function end(signal) {
  for (const group of groups)
    try {
      process.kill(-group, signal);
    } catch {
      // Gone already.
    }
}

function onSignal() {
  if (since !== null) {
    if (Date.now() - since < ECHO_MS) return;
    end('SIGKILL');
    process.exit(130);
  }
  since = Date.now();
  process.stderr.write('正在停止 … / stopping …\n');
  end('SIGTERM');
  setTimeout(() => end('SIGKILL'), PATIENCE_MS).unref();
  const look = setInterval(() => {
    if (groups.size > 0) return;
    clearInterval(look);
    process.exit(130);
  }, 20);
}

/**
 * From here on a signal ends what `run` has started, then us with code 130; a second one ends all at once. Until the
 * program says, by emitting `isthmus:heeded`, that it hears signals itself.
 */
export function heedSignals() {
  for (const name of SIGNALS) process.on(name, onSignal);
  process.once('isthmus:heeded', leaveSignals);
}

function leaveSignals() {
  for (const name of SIGNALS) process.off(name, onSignal);
}

/** Leaves signals to what Node does by itself, having acted on those that arrived while we were busy. */
export async function stopHeeding() {
  await new Promise(setImmediate);
  await unlessStopped();
  leaveSignals();
}

/** Resolves at once, or never when we were told to stop. */
export const unlessStopped = () => (since === null ? Promise.resolve() : new Promise(() => undefined));

/** `setpriv` makes the kernel end the child when we are killed; where the host has none, it is left out. */
function leash() {
  for (const directory of (process.env.PATH ?? '').split(delimiter))
    try {
      accessSync(join(directory, 'setpriv'), constants.X_OK);
      return [join(directory, 'setpriv'), '--pdeathsig', 'KILL'];
    } catch {
      // Not here.
    }
  return [];
}

/** Runs a program in a process group of its own, talking on our stderr. @returns its exit code. */
export function run(words, cwd) {
  const [program, ...rest] = [...leash(), ...words];
  const child = spawn(program, rest, { cwd, stdio: ['ignore', 2, 2], detached: true });
  groups.add(child.pid);
  return new Promise((done) => {
    const ended = async (code) => {
      groups.delete(child.pid);
      await unlessStopped();
      done(code);
    };
    child.once('error', () => ended(1));
    child.once('exit', (code) => ended(code ?? 1));
  });
}
