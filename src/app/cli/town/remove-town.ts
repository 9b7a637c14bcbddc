import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { removeSource } from '../../../pipeline/sync/index.js';
import type { Tx } from '../../../platform/database/index.js';
import { confirmed } from '../confirmed.js';
import { EXIT, printJson, say, type CommandContext } from '../context.js';
import { withRuntime } from '../with-runtime.js';
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
    ? await withRuntime(context, ({ database }) => database.withContext('worker', { actor: 'cli' }, removeDemoSources))
    : [];
  const code = existsSync(config.townDir) ? await runTown(context, ['remove', '--yes']) : 0;
  process.exitCode = code;
  if (context.json) return printJson({ removed: code === 0, sources });
  if (code !== 0) return;
  say(
    `✔ ${words('示范镇已删除', 'the demo town is removed')}${sources.length ? `; ${words('停用的数据源', 'sources out of service')}: ${sources.join(', ')}` : ''}`,
  );
  if (sources.length)
    say(
      words(
        '  其虚构记录仍在库中;接入真实数据之前请先执行 npx --no-install isthmus reset --yes',
        '  Its fictitious records are still stored; before real data come in: npx --no-install isthmus reset --yes',
      ),
    );
}

async function removeDemoSources(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM control.source WHERE demo AND removed_at IS NULL ORDER BY id`,
  );
  for (const { id } of rows) await removeSource(tx, id, 'cli');
  return rows.map(({ id }) => id);
}
