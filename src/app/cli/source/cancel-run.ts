import { cancelSync } from '../../../pipeline/sync/index.js';
import { UsageError } from '../../../platform/kernel/index.js';
import { printJson, say, type CommandContext } from '../context.js';
import { withRuntime } from '../with-runtime.js';
import { operatorHere } from './operator-here.js';

/**
 * Stops a run before its next commit; what it committed stays.
 * @throws UsageError RUN_UNKNOWN, RUN_ENDED, CLI_USAGE.
 */
export async function cancelCommand(context: CommandContext, text: string): Promise<void> {
  const run = Number(text);
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError('CLI_USAGE', { params: { problem: context.words('同步编号应为整数', 'a run has a number') } });
  await withRuntime(context, ({ database }) =>
    database.withContext('worker', { actor: 'cli' }, (tx) => cancelSync(tx, { ...operatorHere(), run })),
  );
  if (context.json) return printJson({ run, cancelled: true });
  say(`✔ ${context.words(`同步 ${run} 将在下次提交前停止`, `run ${run} stops before its next commit`)}`);
}
