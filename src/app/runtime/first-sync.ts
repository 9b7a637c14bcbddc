import { setTimeout } from 'node:timers/promises';
import { openRunCount, startSync } from '../../pipeline/sync/index.js';
import { showProgress, type ProgressBoard } from '../../platform/telemetry/index.js';
import { say, sayCode, type CommandContext } from '../cli/context.js';
import type { Runtime } from './open-runtime.js';
import { summarise } from './run-summary.js';
import type { RunningGateway } from './start-gateway.js';

const LOOK_MS = 100;
/** Linking that moves nothing for this long has met something it cannot pass; the program answers meanwhile. */
const STALL_MS = 60_000;

/** Queues the town's sources and waits until they are synced and linked. */
export async function firstSync(
  context: CommandContext,
  runtime: Runtime,
  gateway: RunningGateway,
  sources: string[],
  board: ProgressBoard,
  stopping: AbortSignal,
): Promise<void> {
  const from = performance.now();
  const shown = showProgress(board, { output: process.stderr, language: context.language });
  let linked: boolean;
  let runs: { stream: number; run: number }[] = [];
  try {
    runs = await queueAll(runtime, sources);
    for (const { stream, run } of runs)
      await gateway.queue.enqueue('sync-stream', { stream, run }, { id: `stream-${stream}` });
    linked = await untilLinked(runtime, sources, stopping);
  } finally {
    shown();
  }
  const bad = await summarise(
    context,
    runtime,
    runs.map((one) => one.run),
  );
  if (!linked) sayCode('LINK_STALLED', context.language, { file: runtime.config.dataDir });
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  if (bad > 0) say(`✘ ${context.words(`${bad} 个数据流未同步好(见上)`, `${bad} streams did not sync (see above)`)}`);
  else if (linked) say(`✔ ${context.words('四个来源已同步并关联', 'four sources synced and linked')}  (${seconds} s)`);
}

function queueAll(runtime: Runtime, sources: string[]): Promise<{ stream: number; run: number }[]> {
  return runtime.database.withContext('worker', { actor: 'start' }, async (tx) => {
    const all = [];
    for (const source of sources) all.push(...(await startSync(tx, { source, actor: 'start' })));
    return all;
  });
}

/** @returns false when linking has stalled. */
async function untilLinked(runtime: Runtime, sources: string[], stopping: AbortSignal): Promise<boolean> {
  let before = '';
  let moved = performance.now();
  for (;;) {
    stopping.throwIfAborted();
    const from = performance.now();
    const { runs, waiting } = await runtime.database.withContext('worker', { actor: 'start' }, async (tx) => {
      const { rows } = await tx.query<{ waiting: string }>(
        `SELECT (SELECT count(*) FROM control.change_outbox) || '/' || (SELECT count(*) FROM control.unify_outbox) AS waiting`,
      );
      return { runs: await openRunCount(tx, sources), waiting: rows[0]!.waiting };
    });
    if (runs === 0 && waiting === '0/0') return true;
    if (runs > 0 || waiting !== before) moved = performance.now();
    else if (performance.now() - moved > STALL_MS) return false;
    before = waiting;
    // Looking must not slow down what it looks at.
    await setTimeout(Math.max(LOOK_MS, 10 * (performance.now() - from)));
  }
}
