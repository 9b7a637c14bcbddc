import { printJson, say, type CommandContext } from '../context.js';
import { durationText, seconds } from '../duration.js';
import { withRuntime } from '../with-runtime.js';
import { setSchedule } from './source.repository.js';

export async function scheduleCommand(context: CommandContext, id: string, interval: string): Promise<void> {
  const every = interval === 'off' ? null : seconds(interval);
  await withRuntime(context, ({ database }) =>
    database.withContext('worker', { actor: 'cli' }, (tx) => setSchedule(tx, id, every)),
  );
  if (context.json) return printJson({ id, scheduleSeconds: every });
  const { words } = context;
  say(
    `✔ ${
      every === null
        ? words(`数据源 ${id} 不再自动同步`, `source ${id} no longer syncs by itself`)
        : words(`数据源 ${id} 每 ${durationText(every)} 同步一次`, `source ${id} syncs every ${durationText(every)}`)
    }`,
  );
}
