import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkSource, runStream, startSync, waitingRuns, type Engine } from '../../src/pipeline/sync/index.js';
import { Keyring } from '../../src/platform/keys/index.js';
import { systemClock } from '../../src/platform/kernel/index.js';
import { built } from '../kit/built.js';
import { addCounting, countingSource, type CountingSource } from '../kit/counting-source.js';
import { testDatabase, type TestDatabase } from '../kit/postgres.js';
import { until } from '../kit/until.js';
import { Proofs, type Proof, type SuiteOptions } from './proof.js';
import { withProgram } from './with-program.js';

/** How a source that is away, slow or limited is treated, counted at the source itself. */
export async function provePaused(options: SuiteOptions): Promise<Proof[]> {
  const proofs = new Proofs('faults', options.seed);
  const db = await testDatabase();
  const source = await countingSource();
  try {
    const keyring = await Keyring.open(join(db.home, 'keys'));
    await proveDead(db, keyring, source, proofs, options.scale === 'full' ? 60 : 12);
    await provePace(db, keyring, source, proofs);
  } finally {
    await source.close();
    await db.close();
  }
  return [...proofs.all, ...(await withProgram(options, SLOTS, (program) => proveOthers(program, options)))];
}

const engineOf = (db: TestDatabase, keyring: Keyring, owner: string): Engine => ({
  ...{ database: db.database, keyring, clock: systemClock, pageSize: 100, leaseSeconds: 10, owner },
});

/** Three workers, schedules that are due all the time and checks every second: what a deployment does to a dead source. */
async function pester(db: TestDatabase, keyring: Keyring, source: string, seconds: number): Promise<void> {
  const engines = ['one', 'two', 'three'].map((owner) => engineOf(db, keyring, owner));
  const ends = performance.now() + seconds * 1000;
  while (performance.now() < ends) {
    const runs = await db.database.withContext('worker', { actor: 'test' }, async (tx) => {
      await startSync(tx, { source, actor: 'schedule' });
      return waitingRuns(tx);
    });
    const never = new AbortController().signal;
    await Promise.all([
      ...runs.map(({ run }, index) => runStream(engines[index % 3]!, run, never)),
      checkSource(engines[0]!, source),
    ]);
    await new Promise((next) => setTimeout(next, 200));
  }
}

async function proveDead(
  db: TestDatabase,
  keyring: Keyring,
  source: CountingSource,
  proofs: Proofs,
  seconds: number,
): Promise<void> {
  await addCounting(db, keyring, 'dead', source.baseUrl, 'idleSeconds: 1');
  source.dead = true;
  await pester(db, keyring, 'dead', seconds);
  const asked = source.asked.length;
  proofs.add(
    'dead.budget',
    `a dead source of three streams, three workers, ${seconds} s: requests it gets`,
    asked,
    '5…20',
    asked >= 5 && asked <= 20,
  );
  const states = await db.admin<{ state: string; attempts: number }>(`SELECT state, attempts FROM control.sync_run`);
  const waiting = states.filter(({ state }) => state === 'QUEUED').length;
  proofs.add(
    'dead.postponed',
    'its scheduled runs wait and none has failed',
    `${waiting}/${states.length}`,
    '3/3',
    waiting === 3 && states.length === 3,
  );
  const [gate] = await db.admin(`SELECT open_until > clock_timestamp() AS open, cause FROM control.source_gate`);
  proofs.add(
    'dead.seen',
    'its breaker and cause, as stored',
    `${gate?.['open'] ? 'OPEN' : 'closed'} ${gate?.['cause']}`,
    'CONNECTOR_UNREACHABLE',
    gate?.['cause'] === 'CONNECTOR_UNREACHABLE',
  );
  source.dead = false;
  await db.admin(`UPDATE control.source_gate SET open_until = clock_timestamp()`);
  await db.admin(`UPDATE control.sync_run SET not_before = '-infinity'`);
  await until('the source to be read again', async () => {
    await pester(db, keyring, 'dead', 0.5);
    return (await db.admin(`SELECT 1 FROM control.sync_run WHERE state = 'SUCCEEDED' AND balanced`)).length >= 3;
  });
  const [live] = await db.admin<{ n: number }>(`SELECT count(*)::int AS n FROM data.person WHERE gone_run IS NULL`);
  proofs.add('dead.back', 'records stored once it is back, by the same runs', live!.n, '900', live!.n === 900);
}

async function provePace(db: TestDatabase, keyring: Keyring, source: CountingSource, proofs: Proofs): Promise<void> {
  await db.admin(`UPDATE control.source SET suspended = true WHERE id = 'dead'`);
  await db.admin(`UPDATE control.sync_run SET state = 'CANCELLED' WHERE state IN ('QUEUED', 'RUNNING')`);
  await addCounting(db, keyring, 'paced', source.baseUrl, 'requestsPerSecond: 20, requestsPerHour: 60');
  source.asked.length = 0;
  await pester(db, keyring, 'paced', 5);
  const { asked } = source;
  const busiest = Math.max(...asked.map((from) => asked.filter((at) => at >= from && at < from + 1000).length));
  // The moment of arrival trembles by some milliseconds against that of sending.
  proofs.add(
    'pace.second',
    'requestsPerSecond 20, three workers: most requests within one second',
    busiest,
    '≤ 23',
    busiest <= 23,
  );
  proofs.add(
    'pace.hour',
    'requestsPerHour 60: requests before the hour is over',
    asked.length,
    '50…60',
    asked.length >= 50 && asked.length <= 60,
  );
}

const SLOTS = { settings: { ISTHMUS_WORKER_CONCURRENCY: '2', ISTHMUS_CHECK_SECONDS: '5' } };
const HUNG = 'telecom';

async function proveOthers(
  program: Parameters<Parameters<typeof withProgram>[2]>[0],
  { seed, say }: SuiteOptions,
): Promise<Proof[]> {
  const proofs = new Proofs('faults', seed);
  const town = (...words: string[]): void => {
    const { status, stderr } = spawnSync(process.execPath, [
      built('town/main.js'),
      'fault',
      ...words,
      '--dir',
      program.townDir,
    ]);
    if (status !== 0) throw new Error(String(stderr));
  };
  const open = async (own: boolean): Promise<number> =>
    (
      await program.admin<{ n: number }>(
        `SELECT count(*)::int AS n FROM control.sync_run WHERE state IN ('QUEUED', 'RUNNING') AND (source = $1) = $2`,
        [HUNG, own],
      )
    )[0]!.n;
  await until('the first sync', async () => (await open(true)) + (await open(false)) === 0, { seconds: 300 });
  town(HUNG, 'half-open');
  const start = async (source: string): Promise<void> => {
    const { code, text } = await program.ask({
      query: 'mutation($source: ID!) { startSync(source: $source) { id } }',
      variables: { source },
      role: 'supervisor',
    });
    if (code) throw new Error(`startSync: ${text}`);
  };
  await start(HUNG);
  await until(
    'the hung source to be read',
    async () =>
      (
        await program.admin(`SELECT 1 FROM control.stream WHERE source = $1 AND lease_until > clock_timestamp()`, [
          HUNG,
        ])
      ).length >= 2,
  );
  const from = performance.now();
  for (const source of ['police', 'civil', 'property']) await start(source);
  await until('the others', async () => (await open(false)) === 0, { seconds: 120 });
  const seconds = Number(((performance.now() - from) / 1000).toFixed(1));
  const hung = await open(true);
  say(`faults: the others took ${seconds} s`);
  proofs.add(
    'others.time',
    'a source hangs with all places of the worker: seconds until the other three are synced',
    seconds,
    '≤ 20',
    seconds <= 20,
  );
  proofs.add('others.hung', 'runs of the hung source that are still open then', hung, '3', hung === 3);
  town('--clear');
  await start(HUNG);
  await until('the hung source', async () => (await open(true)) === 0, { seconds: 180 });
  const bad = await program.admin(
    `SELECT 1 FROM control.stream s CROSS JOIN LATERAL (SELECT * FROM control.sync_run r WHERE r.stream = s.id ORDER BY r.id DESC LIMIT 1) r
     WHERE r.state <> 'SUCCEEDED' OR r.balanced IS DISTINCT FROM true`,
  );
  proofs.none('others.back', 'streams whose last run is not good once it answers again', bad.length);
  return proofs.all;
}
