import { ConfigurationError } from '../../platform/kernel/index.js';
import type { Runtime } from '../runtime/open-runtime.js';
import { say, type CommandContext } from './context.js';

const WAIT_MS = 20_000;

/** Ctrl-C: the command stops where it stands, having closed what it opened. */
export class InterruptedError extends Error {}

/**
 * Opens keys and database for one command and closes them after it, also on Ctrl-C. Where another command has the
 * embedded database for a moment, it waits for that one.
 */
export async function withRuntime<T>(
  context: CommandContext,
  work: (runtime: Runtime, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort(new InterruptedError());
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, onSignal);
  try {
    const runtime = await openPatiently(context, stop.signal);
    try {
      return await Promise.race([work(runtime, stop.signal), rejection(stop.signal)]);
    } finally {
      await runtime.close();
    }
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, onSignal);
  }
}

/** Rejects some time after the abort: work that listens to the signal may first put things in order. */
const rejection = (signal: AbortSignal): Promise<never> =>
  new Promise((_, fail) => {
    signal.addEventListener('abort', () => setTimeout(() => fail(signal.reason as Error), 5_000).unref(), {
      once: true,
    });
  });

async function openPatiently(context: CommandContext, signal: AbortSignal): Promise<Runtime> {
  const { openRuntime } = await import('../runtime/open-runtime.js');
  const deadline = Date.now() + WAIT_MS;
  for (let told = false; ; told = true) {
    try {
      return await openRuntime(context.config);
    } catch (error) {
      const busy = error instanceof ConfigurationError && error.code === 'POSTGRES_RUNNING';
      if (!busy || Date.now() > deadline) throw error;
      signal.throwIfAborted();
      if (!told) say(context.words('另一个命令正在使用数据库,稍候 …', 'another command uses the database; waiting …'));
      await new Promise((next) => setTimeout(next, 250));
    }
  }
}
