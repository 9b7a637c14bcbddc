import type { Command } from 'commander';
import { contextOf, say, type CommandContext } from './context.js';
import { startEverything } from '../runtime/start-everything.js';
import type { Role } from '../runtime/gateway.module.js';

const ROLES = ['api', 'worker', 'all'] as const;

export function startCommand(program: Command): void {
  program
    .command('start')
    .description('启动网关 / start the gateway (api + worker; the demo town when no source is configured)')
    .option('--role <role>', `api | worker | all`, 'all')
    .action(async (options: { role: string }, command: Command) => {
      const context = contextOf(command);
      const role = ROLES.find((one) => one === options.role);
      if (!role) throw command.error(`--role: ${ROLES.join(' | ')}`);
      await runUntilStopped(context, role === 'all' ? ['api', 'worker'] : [role]);
    });
}

/** Stops on SIGINT, SIGTERM, SIGHUP or when the launcher's watch says that npm is gone; a second signal ends it at once. */
async function runUntilStopped(context: CommandContext, roles: Role[]): Promise<void> {
  const stopping = new AbortController();
  let asked = 0;
  const stop = (): void => {
    if (++asked > 1) process.exit(130);
    say(context.words('正在停止 …', 'stopping …'));
    stopping.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.on('isthmus:orphaned' as never, stop);
  const running = await startEverything(context, roles, stopping.signal);
  if (!stopping.signal.aborted)
    await new Promise<void>((done) => stopping.signal.addEventListener('abort', () => done(), { once: true }));
  const guard = setTimeout(() => process.exit(1), 9500);
  await running.stop();
  clearTimeout(guard);
  say(context.words('已停止', 'stopped'));
}
