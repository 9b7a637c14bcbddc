import { join } from 'node:path';
import { storeDigest } from '../kit/digest.js';
import type { TestDatabase } from '../kit/postgres.js';
import { testDatabase } from '../kit/postgres.js';
import { SeededRandom } from '../kit/random.js';
import { syncBench, syntheticPeople, type SyncBench } from '../kit/sync-bench.js';
import { Proofs, type Proof, type SuiteOptions } from './proof.js';
import { runFacts } from './run-facts.js';
import { WorkerProcess } from './worker-process.js';

const SIZES = {
  full: { kills: 50, records: 200_000, pageSize: 5000, leaseSeconds: 6 },
  tenth: { kills: 5, records: 20_000, pageSize: 1000, leaseSeconds: 5 },
};
/** What dies: the program, the program and its database with it, or the database alone. */
const VICTIMS = ['program', 'both', 'program', 'database', 'program'] as const;

/** kill -9 at random moments of a sync: at the end nothing tells that it happened. */
export async function crash({ seed, scale, say }: SuiteOptions): Promise<Proof[]> {
  const size = SIZES[scale];
  const proofs = new Proofs('crash', seed);
  const random = new SeededRandom(seed);
  const people = syntheticPeople(size.records);
  const db = await testDatabase({ durable: true });
  try {
    const keysDir = join(db.home, 'keys');
    const calm = await preparedBench(await db.another('calm'), keysDir, people);
    const worker = startWorker(calm, size);
    await worker.finishes();
    const wanted = await storeDigest(calm.db.admin);
    await calm.close();

    const bench = await preparedBench(db, keysDir, people);
    const run = await openRun(db);
    const moments = drawMoments(random, size);
    const died: string[] = [];
    let current = startWorker(bench, size);
    for (const [index, moment] of moments.entries()) {
      const victim = VICTIMS[index % VICTIMS.length]!;
      await progressReaches(db, moment, current);
      if (victim !== 'program') await Promise.all([victim === 'both' ? current.kill() : null, db.crashServer()]);
      else await current.kill();
      died.push(victim);
      say(`crash: ${victim} killed in ${moment.phase}, from ${moment.at} records on`);
      if (!current.running) current = startWorker(bench, size);
    }
    await current.finishes();

    const found = await storeDigest(db.admin);
    const facts = await runFacts(db.admin, run);
    const what = `${size.kills} × kill -9 in a sync of ${size.records} records`;
    proofs.add(
      'kills',
      'the program is killed at random moments and started again',
      died.length,
      `${size.kills}`,
      died.length === size.kills,
    );
    const stops = died.filter((victim) => victim !== 'program').length;
    const wantedStops = Math.round(size.kills * 0.4);
    proofs.add(
      'stops',
      'of these, the database is stopped at once with kill -9',
      stops,
      `${wantedStops}`,
      stops === wantedStops,
    );
    proofs.equal(
      'source',
      `${what}: source digest equals the undisturbed run's`,
      found.sources['s']!,
      wanted.sources['s']!,
    );
    proofs.equal('clusters', `${what}: clusters equal the undisturbed run's`, found.clusters, wanted.clusters);
    proofs.equal('golden', `${what}: golden rows equal the undisturbed run's`, found.golden, wanted.golden);
    proofs.none('lost', `${what}: records lost`, size.records - facts.live);
    proofs.none(
      'doubled',
      `${what}: records written twice, counted twice or evidenced twice`,
      facts.history + Math.abs(facts.evidenced - size.records),
    );
    proofs.none('unbalanced', `${what}: runs that do not balance`, facts.unbalanced);
    proofs.add(
      'same-run',
      `${what}: one run goes on under higher epochs`,
      `${facts.runs} run, epoch ${facts.epoch}`,
      `1 run, epoch > 1`,
      facts.runs === 1 && facts.epoch > 1,
    );
    proofs.none('gaps', `${what}: gaps in the chain of committed cursors`, facts.gaps);
    proofs.none('left', `${what}: changes left unlinked or not unified`, facts.waiting);
    return proofs.all;
  } finally {
    await db.close();
  }
}

async function preparedBench(
  db: TestDatabase,
  keysDir: string,
  people: ReturnType<typeof syntheticPeople>,
): Promise<SyncBench> {
  const bench = await syncBench({ on: db, keysDir });
  await bench.source('s');
  bench.deliver('s', people);
  await bench.queueRun('s');
  return bench;
}

const startWorker = (bench: SyncBench, size: { pageSize: number; leaseSeconds: number }): WorkerProcess =>
  new WorkerProcess(bench.db, {
    keysDir: bench.keysDir,
    sources: ['s'],
    pageSize: size.pageSize,
    leaseSeconds: size.leaseSeconds,
    link: true,
    linkBatch: size.pageSize,
  });

async function openRun(db: TestDatabase): Promise<number> {
  const [row] = await db.admin<{ id: number }>(`SELECT id FROM control.sync_run WHERE source = 's'`);
  return row!.id;
}

/** Killed while reading until `at` records are committed, or while linking until `at` persons are. */
interface Moment {
  phase: 'sync' | 'link';
  at: number;
}

/** Two of three kills fall into the sync, the others into link and unify. */
function drawMoments(random: SeededRandom, { kills, records }: { kills: number; records: number }): Moment[] {
  const inSync = Math.ceil((kills * 2) / 3);
  const draw = (phase: Moment['phase'], count: number): Moment[] =>
    Array.from({ length: count }, () => Math.round((0.02 + random.next() * 0.9) * records))
      .sort((a, b) => a - b)
      .map((at) => ({ phase, at }));
  return [...draw('sync', inSync), ...draw('link', kills - inSync)];
}

async function progressReaches(db: TestDatabase, moment: Moment, worker: WorkerProcess): Promise<void> {
  for (;;) {
    if (!worker.running) await worker.finishes();
    const [row] = await db.admin<{ read: number; unlinked: number }>(
      `SELECT (SELECT sum(read)::int FROM control.sync_run) AS read,
         (SELECT coalesce(sum(cardinality(keys)), 0)::int FROM control.change_outbox) AS unlinked`,
    );
    const { read, unlinked } = row!;
    if ((moment.phase === 'sync' ? read : read - unlinked) >= moment.at) return;
    if (!worker.running) throw new Error('the work was over before the last kill');
    await new Promise((next) => setTimeout(next, 10));
  }
}
