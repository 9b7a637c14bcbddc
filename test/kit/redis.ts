import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../../src/platform/embedded-postgres/index.js';

export interface TestRedis {
  url: string;
  close(): Promise<void>;
}

/** Whether a Redis server is installed. Where it is not, suites skip with one line; with CI=true that is a failure. */
export function redisInstalled(): boolean {
  const found = spawnSync('redis-server', ['--version']).status === 0;
  if (!found && process.env['CI'] === 'true') throw new Error('CI=true and no redis-server: nothing may be skipped');
  if (!found) process.stderr.write('skipped: the queue on Redis (redis-server is not installed)\n');
  return found;
}

/** A Redis of its own on a free port, without persistence. */
export async function testRedis(): Promise<TestRedis> {
  const home = mkdtempSync(join(tmpdir(), 'isthmus-redis-'));
  const port = await freePort();
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', home];
  const child = spawn('redis-server', words, { stdio: 'ignore' });
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const url = `redis://127.0.0.1:${port}`;
  const probe = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  probe.on('error', () => undefined);
  await probe.ping();
  await probe.quit();
  return {
    url,
    close: async () => {
      child.kill('SIGTERM');
      await exited;
      rmSync(home, { recursive: true, force: true });
    },
  };
}
