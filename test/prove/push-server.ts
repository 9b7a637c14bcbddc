import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
// Not through the rooms' doors: those bring Nest and the queue, which this process does without.
import { PushDesk } from '../../src/access/push/push-desk.js';
import { pushHandler } from '../../src/access/push/push-handler.js';
import { Database, type DatabaseRole, type LoginRole } from '../../src/platform/database/index.js';
import { systemClock } from '../../src/platform/kernel/index.js';
import { Keyring } from '../../src/platform/keys/index.js';
import type { Engine } from '../../src/pipeline/sync/engine.js';
import { openPushRuns } from '../../src/pipeline/sync/push-runs.repository.js';
import { runStream } from '../../src/pipeline/sync/run-stream.js';
import { waitingRuns } from '../../src/pipeline/sync/sync-control.js';

/** One line of JSON on standard input. */
export interface PushServerOrder {
  urls: Record<LoginRole, string>;
  keysDir: string;
  pageSize: number;
  leaseSeconds: number;
}

// Takes pushed events in and carries them into the store, in a process of its own that can be killed at any moment.

const order = JSON.parse(
  await new Promise<string>((done) => createInterface({ input: process.stdin }).once('line', done)),
) as PushServerOrder;
const database = await Database.open({ url: (role: DatabaseRole) => order.urls[role] });
const keyring = await Keyring.open(order.keysDir, { create: false });
const desk = new PushDesk(database, keyring, systemClock);
const handle = pushHandler(
  desk,
  () => undefined,
  () => 'en',
);
const server = createServer((request, response) => void handle(request, response, () => response.end()));
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));

const engine: Engine = {
  database,
  keyring,
  clock: systemClock,
  pageSize: order.pageSize,
  leaseSeconds: order.leaseSeconds,
  owner: `push:${process.pid}`,
};
const never = new AbortController().signal;
for (;;) {
  try {
    const runs = await database.withContext('worker', { actor: engine.owner }, async (tx) => {
      await openPushRuns(tx);
      return waitingRuns(tx);
    });
    for (const { run } of runs) await runStream(engine, run, never);
  } catch {
    // A database that is away comes back; what waits is still there.
  }
  await new Promise((next) => setTimeout(next, 20));
}
