import { removeSource } from '../../../pipeline/sync/index.js';
import { confirmed } from '../confirmed.js';
import { EXIT, printJson, say, type CommandContext } from '../context.js';
import { withRuntime } from '../with-runtime.js';

/** Takes a source out of service: its credentials are deleted, its records and evidence stay. */
export async function removeCommand(context: CommandContext, id: string, yes: boolean): Promise<void> {
  if (!(await confirmed(context, yes, `移除数据源 ${id}`, `Removing source ${id}`))) {
    process.exitCode = EXIT.usage;
    return;
  }
  await withRuntime(context, ({ database }) =>
    database.withContext('worker', { actor: 'cli' }, (tx) => removeSource(tx, id, 'cli')),
  );
  if (context.json) printJson({ id, removed: true });
  else
    say(
      `✔ ${context.words(`数据源 ${id} 已移除;凭据已删除,记录保留`, `source ${id} removed; credentials deleted, records kept`)}`,
    );
}
