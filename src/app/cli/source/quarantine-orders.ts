import { orderReplay, settleItems } from '../../../pipeline/desk/index.js';
import { print, printJson, say, type CommandContext } from '../context.js';
import { withRuntime } from '../with-runtime.js';
import { operatorHere } from './operator-here.js';
import type { ReplayOptions, ResolveOptions } from './quarantine-options.js';
import { finishRuns } from './sync-source.js';

export async function replayCommand(
  context: CommandContext,
  source: string,
  ids: readonly string[],
  { reason, wait = false }: ReplayOptions,
): Promise<void> {
  await withRuntime(context, async (runtime, signal) => {
    const runs = await runtime.database.withContext('worker', { actor: 'cli' }, (tx) =>
      orderReplay(tx, {
        ...operatorHere(),
        source,
        ...(ids.length ? { ids } : {}),
        ...(reason === undefined ? {} : { reason }),
      }),
    );
    await finishRuns(
      context,
      runtime,
      runs.map(({ run }) => run),
      { wait, first: source },
      signal,
    );
  });
}

export async function resolveCommand(
  context: CommandContext,
  ids: readonly string[],
  { reason }: ResolveOptions,
): Promise<void> {
  const settled = await withRuntime(context, ({ database }) =>
    database.withContext('worker', { actor: 'cli' }, (tx) => settleItems(tx, { ...operatorHere(), ids, reason })),
  );
  if (context.json) return printJson({ settled });
  say(`✔ ${context.words(`已了结 ${settled} 条`, `settled: ${settled}`)}`);
  for (const id of ids) print(id);
}
