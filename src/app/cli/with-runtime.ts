import type { Runtime } from '../runtime/open-runtime.js';
import type { CommandContext } from './context.js';
import { inTurn } from './embedded-turn.js';

/** How long work may take to put itself in order after Ctrl-C. */
const ORDER_MS = 5_000;

/** Ctrl-C: the command stops where it stands, having closed what it opened. */
export class InterruptedError extends Error {}

/** Opens keys and database for one command and closes them after it, also on Ctrl-C. */
export async function withRuntime<T>(
  context: CommandContext,
  work: (runtime: Runtime, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort(new InterruptedError());
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, onSignal);
  try {
    return await inTurn(context, () => opened(context, work, stop.signal), stop.signal);
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, onSignal);
  }
}

async function opened<T>(
  context: CommandContext,
  work: (runtime: Runtime, signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const { openRuntime } = await import('../runtime/open-runtime.js');
  const runtime = await openRuntime(context.config);
  try {
    return await Promise.race([work(runtime, signal), late(signal)]);
  } finally {
    await runtime.close();
  }
}

/** Rejects some time after the abort: work that listens to the signal puts things in order first. */
const late = (signal: AbortSignal): Promise<never> =>
  new Promise((_, fail) => {
    signal.addEventListener('abort', () => setTimeout(() => fail(signal.reason as Error), ORDER_MS).unref(), {
      once: true,
    });
  });
