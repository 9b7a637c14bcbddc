import { createInterface } from 'node:readline';
import { Database, type DatabaseRole } from '../../src/platform/database/index.js';
import { systemClock } from '../../src/platform/kernel/index.js';
import { Keyring } from '../../src/platform/keys/index.js';
import { LinkService } from '../../src/pipeline/link/index.js';
// Not through the room's door: that brings Nest and the queue, which this process does without.
import type { Engine } from '../../src/pipeline/sync/engine.js';
import { runStream, type RunResult } from '../../src/pipeline/sync/run-stream.js';
import { UnifyService } from '../../src/pipeline/unify/index.js';
import { watchPages } from './watch-pages.js';
import type { WorkerLine, WorkerOrder } from './worker-order.js';
import { shiftClock } from './shift-clock.js';

// A worker as a process of its own, so that it can be killed, frozen and raced. Its order comes as one line of JSON on
// standard input, what it did goes out as lines. It carries on whatever runs stand open for its sources and ends when
// none is left and nothing waits for link and unify.

const say = (line: WorkerLine): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));

const order = JSON.parse(
  await new Promise<string>((done) => createInterface({ input: process.stdin }).once('line', done)),
) as WorkerOrder;
shiftClock(order.clockSeconds ?? 0);
const database = await Database.open({
  url: (role: DatabaseRole) => order.urls[role],
  poolSize: { app: 1, auditor: 1 },
});
watchPages(database, {
  before: (page, statement) => {
    if (page === order.dieBefore?.page && statement === order.dieBefore.statement) process.kill(process.pid, 'SIGKILL');
  },
  committed: (statements) => say({ kind: 'committed', statements }),
});
const keyring = await Keyring.open(order.keysDir, { create: false });
let passed = 0;
const engine: Engine = {
  database,
  keyring,
  clock: systemClock,
  pageSize: order.pageSize,
  leaseSeconds: order.leaseSeconds,
  owner: order.owner,
  onProgress: ({ run, counts }) => say({ kind: 'page', run, read: counts.read }),
  afterStep: (step) => {
    if (step !== order.halt?.step || ++passed !== order.halt.nth) return;
    say({ kind: 'halt', step });
    process.kill(process.pid, order.halt.signal);
  },
};

/** Trouble with the database is a reason to try again: the runs are still there. */
async function stubbornly<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      say({ kind: 'trouble', what: String((error as Error).message).slice(0, 200) });
      await pause(100);
    }
  }
}

const openRuns = (): Promise<number[]> =>
  database.withContext('worker', { actor: order.owner }, async (tx) => {
    const { rows } = await tx.query<{ id: number }>(
      `SELECT id FROM control.sync_run WHERE source = ANY($1) AND state IN ('QUEUED', 'RUNNING') ORDER BY array_position($1, source), id`,
      [order.sources],
    );
    return rows.map((row) => row.id);
  });

const waitingForLink = (): Promise<boolean> =>
  database.withContext('worker', { actor: order.owner }, async (tx) => {
    const { rowCount } = await tx.query(
      `(SELECT 1 FROM control.change_outbox LIMIT 1) UNION ALL (SELECT 1 FROM control.unify_outbox LIMIT 1)`,
    );
    return rowCount > 0;
  });

let synced = false;

async function syncAll(): Promise<void> {
  const never = new AbortController().signal;
  for (;;) {
    const runs = await stubbornly(openRuns);
    if (runs.length === 0) break;
    for (const run of runs) {
      const result: RunResult = await stubbornly(() => runStream(engine, run, never));
      if (result === 'BUSY' || result === 'QUEUED') await pause(50);
      else say({ kind: 'ended', run, result });
    }
  }
  synced = true;
}

async function linkAll(): Promise<void> {
  const link = new LinkService(database, keyring, { batchSize: order.linkBatch ?? 5000 });
  const unify = new UnifyService(database, { batchSize: order.linkBatch ?? 5000 });
  for (;;) {
    const last = synced;
    const { persons } = await stubbornly(() => link.drain());
    await stubbornly(() => unify.drain());
    if (persons) say({ kind: 'linked', persons });
    if (last && !(await stubbornly(waitingForLink))) return;
    await pause(25);
  }
}

say({ kind: 'ready' });
await Promise.all([syncAll(), order.link ? linkAll() : Promise.resolve()]);
say({ kind: 'done' });
await database.close();
process.exit(0);
