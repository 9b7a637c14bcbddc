import type { CommandContext } from '../cli/context.js';
import { say } from '../cli/context.js';
import { ConfigurationError } from '../../platform/kernel/index.js';
import { countProgress, ProgressBoard, showProgress } from '../../platform/telemetry/index.js';
import { openRunCount, startSync } from '../../pipeline/sync/index.js';
import { demoCredentials, registerTown, usage } from './demo-sources.js';
import { startTown, type RunningTown } from './demo-town.js';
import { greet } from './greeting.js';
import type { Role } from './gateway.module.js';
import { openRuntime, prepareDirectory, type Runtime } from './open-runtime.js';
import { processStart, readRunFile, removeRunFile, writeRunFile } from './run-file.js';
import { requireFreePort, startGateway, type RunningGateway } from './start-gateway.js';
import { summarise } from './run-summary.js';
import { telemetryOf } from './telemetry.js';

export interface RunningProgram {
  stop(): Promise<void>;
}

/**
 * The main job: database, town, api and worker in one go, the first sync with visible progress, and a greeting whose
 * lines answer when pasted. Whatever was started is stopped again when a later step fails.
 */
export async function startEverything(
  context: CommandContext,
  roles: Role[],
  stopping: AbortSignal,
): Promise<RunningProgram> {
  const { config, words } = context;
  const undo: (() => Promise<unknown> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const action of undo.splice(0).reverse()) await Promise.resolve(action()).catch(() => undefined);
  };
  try {
    prepareDirectory(config.dataDir);
    const serves = roles.includes('api');
    const other = readRunFile(config.dataDir);
    if (other && serves)
      throw new ConfigurationError('ALREADY_RUNNING', { params: { pid: other.pid, url: other.httpUrl ?? '' } });
    if (serves) await requireFreePort(config.host, config.port);
    const runtime = await openRuntime(config, {
      step: (name, work) => timed(words(STEPS[name].zh, STEPS[name].en), work),
    });
    undo.push(() => runtime.close());
    const town = serves ? await demoTown(context, runtime, undo) : null;
    const telemetry = telemetryOf(runtime);
    const board = new ProgressBoard();
    countProgress(board, telemetry.metrics);
    const gateway = await timed(words('接口与工作进程', `roles ${roles.join(' + ')}`), () =>
      startGateway({ runtime, roles, board, telemetry }),
    );
    undo.push(() => gateway.stop());
    if (serves) {
      writeRunFile(config.dataDir, {
        pid: process.pid,
        since: processStart(process.pid),
        roles,
        httpUrl: gateway.url,
        databasePort: runtime.server?.port ?? null,
      });
      undo.push(() => removeRunFile(config.dataDir));
    }
    if (town) await firstSync(context, runtime, gateway, Object.keys(town.town.sources), board, stopping);
    if (serves && !stopping.aborted) await greet(context, runtime, gateway.url!, town !== null);
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const STEPS = {
  keys: { zh: '密钥', en: 'keys' },
  database: { zh: '数据库 PostgreSQL 18', en: 'database PostgreSQL 18' },
  migrate: { zh: '数据库结构', en: 'database structure' },
};

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const result = await work();
  say(`✔ ${name}  (${((performance.now() - from) / 1000).toFixed(1)} s)`);
  return result;
}

/** The demo town, when it is wanted and no real source is configured. */
async function demoTown(
  context: CommandContext,
  runtime: Runtime,
  undo: (() => Promise<unknown> | void)[],
): Promise<RunningTown | null> {
  const { config, words } = context;
  const used = await usage(runtime);
  if (!config.demo || config.production || used === 'real') return null;
  const town = await timed(
    words(
      `示范镇 ${config.townPeople} 人(全部虚构),4 个系统`,
      `demo town, ${config.townPeople} fictitious people, 4 systems`,
    ),
    () => startTown(config, () => undefined),
  );
  undo.push(() => town.stop());
  await registerTown(runtime, town.town);
  await demoCredentials(runtime);
  return town;
}

/** Queues the town's sources and waits until they are synced and linked. */
async function firstSync(
  context: CommandContext,
  runtime: Runtime,
  gateway: RunningGateway,
  sources: string[],
  board: ProgressBoard,
  stopping: AbortSignal,
): Promise<void> {
  const from = performance.now();
  const shown = showProgress(board, { output: process.stderr, language: context.language });
  const runs = await runtime.database.withContext('worker', { actor: 'start' }, async (tx) => {
    const all = [];
    for (const source of sources) all.push(...(await startSync(tx, { source, actor: 'start' })));
    return all;
  });
  for (const { stream, run } of runs)
    await gateway.queue.enqueue('sync-stream', { stream, run }, { id: `stream-${stream}` });
  while (!stopping.aborted) {
    const left = await runtime.database.withContext('worker', { actor: 'start' }, async (tx) => {
      const outbox = await tx.query(
        `(SELECT 1 FROM control.change_outbox LIMIT 1) UNION ALL (SELECT 1 FROM control.unify_outbox LIMIT 1)`,
      );
      return { runs: await openRunCount(tx, sources), unlinked: outbox.rowCount };
    });
    if (left.runs === 0 && left.unlinked === 0) break;
    await new Promise((next) => setTimeout(next, 100));
  }
  shown();
  if (stopping.aborted) return;
  await summarise(
    context,
    runtime,
    runs.map((one) => one.run),
  );
  say(
    `✔ ${context.words('四个来源已同步并关联', 'four sources synced and linked')}  (${((performance.now() - from) / 1000).toFixed(1)} s)`,
  );
}
