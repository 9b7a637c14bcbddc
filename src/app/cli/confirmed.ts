import { UsageError } from '../../platform/kernel/index.js';
import type { CommandContext } from './context.js';
import { confirm } from './terminal.js';

/**
 * True when the user meant it: `--yes`, or a yes on the terminal. Without a terminal nothing is asked.
 * @throws UsageError CLI_YES_NEEDED.
 */
export async function confirmed(context: CommandContext, yes: boolean, zh: string, en: string): Promise<boolean> {
  if (yes) return true;
  const what = context.words(zh, en);
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw new UsageError('CLI_YES_NEEDED', { params: { what } });
  return confirm(`${what}?`);
}
