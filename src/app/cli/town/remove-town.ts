import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { confirmed } from '../confirmed.js';
import { EXIT, printJson, say, type CommandContext } from '../context.js';
import { withRuntime } from '../with-runtime.js';
import { forgetDemo } from './forget-demo.repository.js';
import { runTown } from './run-town.js';

/** Ends the demo: its sources leave service first, so that nothing reads a town that is being deleted. */
export async function removeTownCommand(context: CommandContext, yes: boolean): Promise<void> {
  const { words, config } = context;
  if (!(await confirmed(context, yes, '删除示范镇', 'Removing the demo town'))) {
    process.exitCode = EXIT.usage;
    return;
  }
  const hasDatabase = config.databaseUrl !== null || existsSync(join(config.dataDir, 'pg'));
  const sources = hasDatabase
    ? await withRuntime(context, ({ database }) => database.withContext('worker', { actor: 'cli' }, forgetDemo))
    : [];
  const code = existsSync(config.townDir) ? await runTown(context, ['remove', '--yes']) : 0;
  process.exitCode = code;
  if (context.json) return printJson({ removed: code === 0, sources });
  if (code !== 0) return;
  say(
    `✔ ${words('示范镇已删除', 'the demo town is removed')}${sources.length ? `; ${words('已移除的数据源(连同其虚构记录)', 'sources removed with their fictitious records')}: ${sources.join(', ')}` : ''}`,
  );
}
