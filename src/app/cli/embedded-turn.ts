import { setTimeout } from 'node:timers/promises';
import { ConfigurationError, IsthmusError } from '../../platform/kernel/index.js';
import { releaseDirectory, takeDirectory } from '../runtime/data-dir-lock.js';
import { prepareDirectory } from '../runtime/prepare-directory.js';
import { readRunFile } from '../runtime/run-file.js';
import { say, type CommandContext } from './context.js';

const WAIT_MS = 60_000;
const LOOK_MS = 150;
/** A server that does not come up may have met one that was just going; one that never does is broken. */
const START_TRIES = 3;

/**
 * Runs `work` while no other command starts the embedded database on the same data directory: one server at a time. With
 * an external database, or beside the running program, there is nothing to wait for.
 *
 * @throws ConfigurationError POSTGRES_RUNNING when another command keeps it for longer than a minute.
 */
export async function inTurn<T>(context: CommandContext, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const { dataDir, databaseUrl } = context.config;
  const deadline = Date.now() + WAIT_MS;
  let [told, tries] = [false, 0];
  for (;;) {
    signal?.throwIfAborted();
    if (databaseUrl || readRunFile(dataDir)?.databasePort) return work();
    prepareDirectory(dataDir);
    const holder = takeDirectory(dataDir, false);
    if (holder === null) {
      try {
        return await work();
      } catch (error) {
        const code = error instanceof IsthmusError ? error.code : '';
        const passing = code === 'POSTGRES_RUNNING' || (code === 'POSTGRES_START' && ++tries < START_TRIES);
        if (!passing || Date.now() > deadline) throw error;
      } finally {
        releaseDirectory(dataDir);
      }
    } else if (Date.now() > deadline)
      throw new ConfigurationError('POSTGRES_RUNNING', { where: { file: dataDir }, params: { pid: holder.pid } });
    if (!told) say(context.words('另一个进程正在使用数据库,稍候 …', 'another process uses the database; waiting …'));
    told = true;
    await setTimeout(LOOK_MS, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}
