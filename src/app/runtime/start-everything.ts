import type { CommandContext } from '../cli/context.js';
import { say } from '../cli/context.js';
import { FatalError } from '../../platform/kernel/index.js';
import { countProgress, ProgressBoard } from '../../platform/telemetry/index.js';
import { demoCredentials, registerTown, usage } from './demo-sources.js';
import { startTown, type TownFile } from './demo-town.js';
import { enterDirectory } from './enter-directory.js';
import { firstSync } from './first-sync.js';
import { greet } from './greeting.js';
import type { Role } from './gateway.module.js';
import { causeOf, openRuntime, type Runtime } from './open-runtime.js';
import { processStart, readRunFile, removeRunFile, writeRunFile, type RunFile } from './run-file.js';
import { unlessAborted, within, type Shutdown } from './shutdown.js';
import { requireFreePort, startGateway } from './start-gateway.js';
import { telemetryOf } from './telemetry.js';

export interface RunningProgram {
  /** Rejects when something that the program cannot live without has ended. */
  failed: Promise<never>;
}

/** How long jobs at work may take to put themselves in order. */
const JOBS_MS = 3500;

/**
 * The main job: database, town, api and worker in one go, the first sync with visible progress, and a greeting whose
 * lines answer when pasted. Whatever is started is handed to `shutdown`; an aborted `stopping` ends a start under way.
 */
export async function startEverything(
  context: CommandContext,
  roles: Role[],
  stopping: AbortSignal,
  shutdown: Shutdown,
): Promise<RunningProgram> {
  const { config, words } = context;
  const serves = roles.includes('api');
  await enterDirectory(context, serves, stopping, shutdown);
  if (serves) await requireFreePort(config.host, config.port);
  const lender = readRunFile(config.dataDir);
  const runtime = await openRuntime(config, {
    step: (name, work) => timed(words(STEPS[name].zh, STEPS[name].en), work),
    signal: stopping,
  });
  shutdown.add({ stop: () => runtime.close(), kill: () => void runtime.server?.stop('immediate') });
  const failed = watch(config.dataDir, runtime, lender, stopping);
  try {
    await unlessAborted(stopping, Promise.race([serve(context, roles, runtime, stopping, shutdown), failed]));
    return { failed };
  } catch (error) {
    throw stopping.aborted ? error : await causeOf(error, runtime.server);
  }
}

/** Everything above the database: town, roles, first sync and greeting. */
async function serve(
  context: CommandContext,
  roles: Role[],
  runtime: Runtime,
  stopping: AbortSignal,
  shutdown: Shutdown,
): Promise<void> {
  const { config, words } = context;
  const serves = roles.includes('api');
  const town = serves ? await demoTown(context, runtime, stopping, shutdown) : null;
  const telemetry = telemetryOf(runtime);
  const board = new ProgressBoard();
  countProgress(board, telemetry.metrics);
  const starting = startGateway({ runtime, roles, board, telemetry });
  shutdown.add({ stop: async () => within(JOBS_MS, (await starting).stop()) });
  const gateway = await timed(words('接口与工作进程', `roles ${roles.join(' + ')}`), () =>
    unlessAborted(stopping, starting),
  );
  if (!serves) return say(words('工作进程已就绪', 'the worker is ready'));
  writeRunFile(config.dataDir, {
    pid: process.pid,
    since: processStart(process.pid),
    roles,
    httpUrl: gateway.url,
    databasePort: runtime.server?.port ?? null,
  });
  shutdown.join({ stop: () => removeRunFile(config.dataDir) });
  if (town) await firstSync(context, runtime, gateway, Object.keys(town.sources), board, stopping);
  await greet(context, runtime, gateway.url!, town !== null);
}

/** Rejects when the database that we started, or the program that lent us its own, is gone. */
function watch(dataDir: string, runtime: Runtime, lender: RunFile | null, stopping: AbortSignal): Promise<never> {
  const failed = new Promise<never>((_, fail) => {
    const unless = (error: Error): void => void (stopping.aborted || fail(error));
    void runtime.server?.exited.then(() => unless(runtime.server!.lastError()));
    if (runtime.server || runtime.config.databaseUrl || !lender) return;
    const timer = setInterval(() => {
      if (readRunFile(dataDir)?.pid === lender.pid) return;
      clearInterval(timer);
      unless(new FatalError('DATABASE_LENDER_GONE', { params: { pid: lender.pid } }));
    }, 1000);
    timer.unref();
  });
  failed.catch(() => undefined);
  return failed;
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
  stopping: AbortSignal,
  shutdown: Shutdown,
): Promise<TownFile | null> {
  const { config, words } = context;
  const used = await usage(runtime);
  if (!config.demo || config.production || used === 'real') return null;
  const people = config.townPeople;
  const town = await timed(
    words(`示范镇 ${people} 人(全部虚构),4 个系统`, `demo town, ${people} fictitious people, 4 systems`),
    () =>
      startTown(config, shutdown, stopping, () =>
        say(
          words('示范镇已意外结束;其来源将显示为 DOWN', 'the demo town has ended; its sources will be shown as DOWN'),
        ),
      ),
  );
  await registerTown(runtime, town);
  await demoCredentials(runtime);
  return town;
}
