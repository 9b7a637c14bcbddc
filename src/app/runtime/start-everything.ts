import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../platform/config/index.js';
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
import { unlessAborted, within, type Shutdown, type Started } from './shutdown.js';
import { requireFreePort, startGateway, type RunningGateway } from './start-gateway.js';
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
  const lender = await enterDirectory(context, serves, stopping, shutdown);
  if (serves) await requireFreePort(config.host, config.port);
  const ground = shutdown.group();
  // Where there is no database yet there is no real source either: both are made at the same time.
  const town = serves && isNew(config) ? startDemo(context, stopping, ground) : null;
  town?.catch(() => undefined);
  const runtime = await openRuntime(config, {
    step: (name, work) => timed(stopping, words(STEPS[name].zh, STEPS[name].en), work),
    signal: stopping,
  });
  ground.push({ stop: () => runtime.close(), kill: () => void runtime.server?.stop('immediate') });
  const failed = watch(config.dataDir, runtime, lender, stopping);
  try {
    await unlessAborted(
      stopping,
      Promise.race([serve({ context, roles, runtime, town, stopping, ground, above: shutdown.group() }), failed]),
    );
    return { failed };
  } catch (error) {
    throw stopping.aborted ? error : await causeOf(error, runtime.server);
  }
}

interface Parts {
  context: CommandContext;
  roles: Role[];
  runtime: Runtime;
  /** A town that is being started already. */
  town: Promise<TownFile | null> | null;
  stopping: AbortSignal;
  /** Database and town; what stands on them. */
  ground: Started[];
  above: Started[];
}

/** Everything above the database: town, roles, first sync and greeting. */
async function serve({ context, roles, runtime, town, stopping, ground, above }: Parts): Promise<void> {
  const { config, words } = context;
  const serves = roles.includes('api');
  const telemetry = telemetryOf(runtime);
  const board = new ProgressBoard();
  countProgress(board, telemetry.metrics);
  const demo = async (): Promise<TownFile | null> => {
    if (!serves || (await usage(runtime)) === 'real') return null;
    const found = await (town ?? startDemo(context, stopping, ground));
    if (found) await registerTown(runtime, found);
    if (found) await demoCredentials(runtime);
    return found;
  };
  const gateway = async (): Promise<RunningGateway> => {
    const starting = startGateway({ runtime, roles, board, telemetry });
    above.push({ stop: async () => within(JOBS_MS, (await starting).stop()) });
    return timed(stopping, words('接口与工作进程', `roles ${roles.join(' + ')}`), () => starting);
  };
  const [found, running] = await Promise.all([demo(), gateway()]);
  stopping.throwIfAborted();
  if (!serves) return say(words('工作进程已就绪', 'the worker is ready'));
  writeRunFile(config.dataDir, {
    pid: process.pid,
    since: processStart(process.pid),
    roles,
    httpUrl: running.url,
    databasePort: runtime.server?.port ?? null,
  });
  above.push({ stop: () => removeRunFile(config.dataDir) });
  if (found) await firstSync(context, runtime, running, Object.keys(found.sources), board, stopping);
  await greet(context, runtime, running.url!, found !== null);
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

async function timed<T>(stopping: AbortSignal, name: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const result = await work();
  if (!stopping.aborted) say(`✔ ${name}  (${((performance.now() - from) / 1000).toFixed(1)} s)`);
  return result;
}

const isNew = ({ dataDir, databaseUrl }: Readonly<Config>): boolean =>
  databaseUrl === null && !existsSync(join(dataDir, 'pg'));

/** The demo town, when it is wanted. */
async function startDemo(
  { config, words }: CommandContext,
  stopping: AbortSignal,
  ground: Started[],
): Promise<TownFile | null> {
  if (!config.demo || config.production) return null;
  const people = config.townPeople;
  return timed(
    stopping,
    words(`示范镇 ${people} 人(全部虚构),4 个系统`, `demo town, ${people} fictitious people, 4 systems`),
    () =>
      startTown(config, ground, stopping, () =>
        say(
          words('示范镇已意外结束;其来源将显示为 DOWN', 'the demo town has ended; its sources will be shown as DOWN'),
        ),
      ),
  );
}
