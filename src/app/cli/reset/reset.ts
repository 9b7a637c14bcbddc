import { existsSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, sep } from 'node:path';
import { ConfigurationError, UsageError } from '../../../platform/kernel/index.js';
import { holderOf } from '../../runtime/data-dir-lock.js';
import { readRunFile } from '../../runtime/run-file.js';
import { confirmed } from '../confirmed.js';
import { EXIT, printJson, say, type CommandContext } from '../context.js';
import { runTown } from '../town/run-town.js';
import { postmasterRuns } from './postmaster.js';

/**
 * Deletes what the program made: data (with the keys in it, unless they lie elsewhere) and the demo town. Stops
 * nothing: it refuses while something runs.
 *
 * @throws UsageError CLI_STILL_RUNNING; ConfigurationError CLI_RESET_REFUSED.
 */
export async function reset(context: CommandContext, yes: boolean): Promise<void> {
  const { config, words } = context;
  const { dataDir, townDir } = config;
  const pid = readRunFile(dataDir)?.pid ?? holderOf(dataDir)?.pid ?? postmasterRuns(join(dataDir, 'pg'));
  if (pid) throw new UsageError('CLI_STILL_RUNNING', { params: { pid } });
  if (existsSync(dataDir) && !isOurs(dataDir))
    throw new ConfigurationError('CLI_RESET_REFUSED', { where: { file: dataDir } });
  const what = [dataDir, townDir].filter((directory) => existsSync(directory) && readdirSync(directory).length > 0);
  if (what.length === 0) {
    if (context.json) printJson({ deleted: [] });
    else say(`✔ ${words('没有可删除的内容', 'there is nothing to delete')}`);
    return;
  }
  if (
    !(await confirmed(
      context,
      yes,
      `删除 ${what.join('、')} 的全部内容`,
      `Deleting everything in ${what.join(' and ')}`,
    ))
  ) {
    process.exitCode = EXIT.usage;
    return;
  }
  if (existsSync(townDir)) {
    const code = await runTown(context, ['remove', '--yes']);
    if (code !== 0) {
      process.exitCode = EXIT.failed;
      return;
    }
  }
  if (existsSync(dataDir))
    for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name), { recursive: true, force: true });
  if (context.json) return printJson({ deleted: what });
  say(`✔ ${words('已删除', 'deleted')}: ${what.join(', ')}`);
  if (config.databaseUrl) say(words('  外部数据库未改动', '  The external database was not touched'));
}

/** Never an arbitrary directory that a wrong setting points at: it must hold what only we make, and little else. */
function isOurs(dataDir: string): boolean {
  const names = readdirSync(dataDir);
  if (names.length === 0) return true;
  const above = [homedir(), process.cwd()].some((path) => path === dataDir || path.startsWith(`${dataDir}${sep}`));
  return !above && (existsSync(join(dataDir, 'pg', 'PG_VERSION')) || existsSync(join(dataDir, 'keys', 'keyring.json')));
}
