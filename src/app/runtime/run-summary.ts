import { say, type CommandContext } from '../cli/context.js';
import type { Runtime } from './open-runtime.js';

/** Says the statement of each run, as it stands in the database. @returns how many did not succeed or do not balance. */
export async function summarise(context: CommandContext, runtime: Runtime, runs: readonly number[]): Promise<number> {
  const { rows } = await runtime.database.withContext('worker', { actor: 'start' }, (tx) =>
    tx.query<{
      source: string;
      name: string;
      state: string;
      balanced: boolean | null;
      read: string;
      written: string;
      unchanged: string;
      quarantined: string;
      skipped: string;
      error_code: string | null;
    }>(
      `SELECT r.source, s.name, r.state, r.balanced, r.read, r.created + r.updated + r.revived AS written, r.unchanged, r.quarantined, r.skipped, r.error_code
       FROM control.sync_run r JOIN control.stream s ON s.id = r.stream WHERE r.id = ANY($1) ORDER BY r.id`,
      [runs],
    ),
  );
  const { words } = context;
  let bad = 0;
  for (const row of rows) {
    const good = row.state === 'SUCCEEDED' && row.balanced;
    if (!good) bad++;
    const mark = good ? '✔' : '✘';
    say(
      `  ${mark} ${`${row.source}/${row.name}`.padEnd(24)} ${words('读取', 'read')} ${row.read} · ${words('入库', 'stored')} ${row.written}${Number(row.unchanged) ? ` · ${words('未变', 'unchanged')} ${row.unchanged}` : ''} · ${words('隔离', 'quarantined')} ${row.quarantined} · ${words('跳过', 'skipped')} ${row.skipped} · ${row.balanced ? words('平衡', 'balanced') : words('不平衡', 'not balanced')}${row.error_code ? ` · ${row.error_code}` : ''}`,
    );
  }
  return bad;
}
