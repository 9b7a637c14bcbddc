import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ConfigurationError, IsthmusError } from '../../platform/kernel/index.js';
import { processStart, readRunFile } from '../runtime/run-file.js';
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
    const file = join(dataDir, 'command.lock');
    const holder = take(dataDir, file);
    if (holder === null) {
      try {
        return await work();
      } catch (error) {
        const code = error instanceof IsthmusError ? error.code : '';
        const passing = code === 'POSTGRES_RUNNING' || (code === 'POSTGRES_START' && ++tries < START_TRIES);
        if (!passing || Date.now() > deadline) throw error;
      } finally {
        rmSync(file, { force: true });
      }
    } else if (Date.now() > deadline)
      throw new ConfigurationError('POSTGRES_RUNNING', { where: { file: dataDir }, params: { pid: holder } });
    if (!told) say(context.words('另一个进程正在使用数据库,稍候 …', 'another process uses the database; waiting …'));
    told = true;
    await setTimeout(LOOK_MS, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}

/**
 * Takes the lock. @returns null, or the process that has it. One left by a dead process counts for nothing.
 * @throws ConfigurationError DATA_DIR_UNWRITABLE.
 */
function take(dataDir: string, file: string): number | null {
  for (;;) {
    try {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      writeFileSync(file, JSON.stringify({ pid: process.pid, since: processStart(process.pid) }), {
        flag: 'wx',
        mode: 0o600,
      });
      return null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !existsSync(file))
        throw new ConfigurationError('DATA_DIR_UNWRITABLE', { where: { file: dataDir }, cause: error });
      const holder = holderOf(file);
      if (holder !== null) return holder;
      rmSync(file, { force: true });
    }
  }
}

function holderOf(file: string): number | null {
  try {
    const { pid, since } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; since: string };
    process.kill(pid, 0);
    return processStart(pid) === since ? pid : null;
  } catch {
    // Gone, or just being written by its taker: an empty file is looked at once more.
    return existsSync(file) && readFileSync(file, 'utf8') === '' ? 0 : null;
  }
}
