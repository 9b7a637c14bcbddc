import type { ChildProcess } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { ConfigurationError } from '../kernel/index.js';

const START_MS = 60_000;
/** A server that was killed reads its log again first, which takes as long as there is log. */
const RECOVERY_MS = 600_000;
const LOOK_MS = 25;

/**
 * Waits until the server answers. @returns false when it ended or answers too late.
 *
 * @throws ConfigurationError POSTGRES_PASSWORD; the signal's reason.
 */
export async function untilReady(
  child: ChildProcess,
  url: string,
  where: { dataDir: string; log: string },
  signal?: AbortSignal,
): Promise<boolean> {
  const from = Date.now();
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  let patience = START_MS;
  while (!ended() && Date.now() - from < patience) {
    signal?.throwIfAborted();
    const said = await ask(url);
    if (said === where.dataDir) return true;
    if (said === 'refuses') {
      // Another server may have taken the port before ours could, and then ours ends by itself.
      await setTimeout(500);
      if (!ended()) throw new ConfigurationError('POSTGRES_PASSWORD', { where: { file: where.log } });
    }
    if (said === 'recovers') patience = RECOVERY_MS;
    await setTimeout(LOOK_MS);
  }
  return false;
}

/** The data directory of whoever answers there, or why nobody does. */
async function ask(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    await client.end();
    return rows[0]!.data_directory;
  } catch (error) {
    const { code } = error as { code?: string };
    return code === '28P01' ? 'refuses' : code === '57P03' ? 'recovers' : 'silent';
  }
}
