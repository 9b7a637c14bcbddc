import type { Command } from 'commander';
import { contextOf, EXIT, exitCodeOf, say, sayError, type CommandContext } from './context.js';
import { Shutdown, within } from '../runtime/shutdown.js';
import { startEverything } from '../runtime/start-everything.js';
import type { Role } from '../runtime/gateway.module.js';

const ROLES = ['api', 'worker', 'all'] as const;
/** Everything is gone within ten seconds of the first signal. */
const STOP_MS = 9500;
/** One Ctrl-C may arrive several times: from the terminal, from npm, and as npm's end. */
const ECHO_MS = 500;
const INTERRUPTED = 130;

export function startCommand(program: Command): void {
  program
    .command('start')
    .description('启动网关 / start the gateway (api + worker; the demo town when no source is configured)')
    .option('--role <role>', `api | worker | all`, 'all')
    .action(async (options: { role: string }, command: Command) => {
      const context = contextOf(command);
      const role = ROLES.find((one) => one === options.role);
      if (!role) throw command.error(`--role: ${ROLES.join(' | ')}`);
      process.exit(await runUntilStopped(context, role === 'all' ? ['api', 'worker'] : [role]));
    });
}

/**
 * Stops on SIGINT, SIGTERM, SIGHUP or when the launcher's watch says that npm is gone, also while still starting; a
 * second signal ends everything at once.
 *
 * @returns the exit code: 0 stopped when asked, 130 when asked before it was up, otherwise the failure's.
 */
async function runUntilStopped(context: CommandContext, roles: Role[]): Promise<number> {
  const stopping = new AbortController();
  const shutdown = new Shutdown();
  const aborted = new Promise<void>((done) => stopping.signal.addEventListener('abort', () => done(), { once: true }));
  heedSignals(context, stopping, shutdown);
  const broken = uncaught(stopping.signal);
  let up = false;
  let code: number = EXIT.ok;
  try {
    const { failed } = await await Promise.race([startEverything(context, roles, stopping.signal, shutdown), broken]);
    up = true;
    await Promise.race([aborted, failed, broken]);
  } catch (error) {
    if (stopping.signal.aborted) code = up ? EXIT.ok : INTERRUPTED;
    else {
      sayError(error, context.language, context.json);
      code = exitCodeOf(error);
    }
  }
  stopping.abort();
  let orderly = false;
  await within(
    STOP_MS,
    shutdown.stop().then(() => (orderly = true)),
  );
  if (!orderly) shutdown.kill();
  else if (code === EXIT.ok) say(context.words('已停止', 'stopped'));
  return code;
}

function heedSignals(context: CommandContext, stopping: AbortController, shutdown: Shutdown): void {
  // A terminal that was closed takes no more words.
  for (const stream of [process.stderr, process.stdout]) stream.on('error', () => undefined);
  let since: number | null = null;
  const stop = (): void => {
    if (since !== null) return;
    since = Date.now();
    if (stopping.signal.aborted) return;
    say(context.words('正在停止 …(再按一次 Ctrl-C 立即结束)', 'stopping … (Ctrl-C once more ends at once)'));
    stopping.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (since === null) return stop();
      if (Date.now() - since < ECHO_MS) return;
      shutdown.kill();
      process.exit(INTERRUPTED);
    });
  process.on('isthmus:orphaned' as never, stop);
  // The launcher's own handlers may go.
  process.emit('isthmus:heeded' as never);
}

/** A database that dies often reports itself first by the errors of those who were speaking with it. */
const CAUSE_MS = 200;

/** Rejects with an error that nobody caught: the program stops in order. While it stops, such errors mean nothing. */
function uncaught(stopping: AbortSignal): Promise<never> {
  const broken = new Promise<never>((_, fail) => {
    process.on('uncaughtException', (error) => {
      if (!stopping.aborted) setTimeout(() => fail(error), CAUSE_MS);
    });
  });
  broken.catch(() => undefined);
  return broken;
}
