import { setTimeout } from 'node:timers/promises';
import { ConfigurationError } from '../../platform/kernel/index.js';
import { say, type CommandContext } from '../cli/context.js';
import { releaseDirectory, takeDirectory } from './data-dir-lock.js';
import { prepareDirectory } from './prepare-directory.js';
import { readRunFile, type RunFile } from './run-file.js';
import type { Shutdown } from './shutdown.js';

const WAIT_MS = 60_000;
const LOOK_MS = 150;

/**
 * Makes the data directory this program's own for as long as it runs. A command that is at work there is waited for; a
 * worker beside a program uses what that one lends, and waits while it is just starting.
 *
 * @returns the program that lends its database, for a worker beside it; otherwise null.
 * @throws ConfigurationError ALREADY_RUNNING, DATA_DIR_UNWRITABLE, POSTGRES_RUNNING; the signal's reason.
 */
export async function enterDirectory(
  { config, words }: CommandContext,
  serves: boolean,
  signal: AbortSignal,
  shutdown: Shutdown,
): Promise<RunFile | null> {
  const { dataDir, databaseUrl } = config;
  prepareDirectory(dataDir);
  // Any number of workers may stand on an external database.
  if (!serves && databaseUrl) return null;
  const deadline = Date.now() + WAIT_MS;
  for (let told = false; ; told = true) {
    const run = readRunFile(dataDir);
    if (!serves && run) return run;
    const holder = takeDirectory(dataDir, true);
    if (holder === null) {
      shutdown.group({ stop: () => releaseDirectory(dataDir), kill: () => releaseDirectory(dataDir) });
      return null;
    }
    if (serves && holder.program)
      throw new ConfigurationError('ALREADY_RUNNING', { params: { pid: holder.pid, url: run?.httpUrl ?? '' } });
    if (Date.now() > deadline)
      throw new ConfigurationError('POSTGRES_RUNNING', { where: { file: dataDir }, params: { pid: holder.pid } });
    if (!told) say(words('另一个进程正在使用数据库,稍候 …', 'another process uses the database; waiting …'));
    await setTimeout(LOOK_MS);
    signal.throwIfAborted();
  }
}
