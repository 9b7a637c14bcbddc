import { join } from 'node:path';
import { Keyring } from '../../src/platform/keys/index.js';
import { storeDigest, type StoreDigest } from '../kit/digest.js';
import { testDatabase } from '../kit/postgres.js';
import type { TestProgram } from '../kit/program.js';
import { addTown, TOWN_SOURCES } from '../kit/town.js';
import { until } from '../kit/until.js';
import { syncTown } from './concurrency.js';
import { Proofs, type Proof, type SuiteOptions } from './proof.js';
import { withProgram } from './with-program.js';

/** Records read, as a share of the people, at which the queue is dropped: a town gives some five records a person. */
const MOMENTS = [0.5, 1.5, 2.5];

/** Small pages make the sync long enough to be in the middle of it; a short lease, so that what was lost is found soon. */
export const SLOW_SYNC = { ISTHMUS_SYNC_PAGE: '20', ISTHMUS_LEASE_SECONDS: '5' };

/** The queue's tables are dropped in the middle of a sync: the reconciler brings the work back. */
export const queueLoss = (options: SuiteOptions): Promise<Proof[]> =>
  withProgram(options, { early: true, settings: SLOW_SYNC }, (program) => proveQueueLoss(program, options));

/** For a program that has only just begun its first sync. */
export async function proveQueueLoss(program: TestProgram, options: SuiteOptions): Promise<Proof[]> {
  const proofs = await proveLoss(program, options, {
    suite: 'queue-loss',
    deed: 'DROP SCHEMA queue CASCADE',
    lose: () => dropQueue(program),
  });
  const [queue] = await program.admin<{ tables: number }>(
    `SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'queue'`,
  );
  proofs.add('again', 'tables of the queue that are there again', queue!.tables, '> 0', queue!.tables > 0);
  return proofs.all;
}

/** How a queue is lost. */
export interface Loss {
  suite: string;
  deed: string;
  lose(): Promise<unknown>;
}

/** Loses the queue at three moments of the first sync and compares the end with an undisturbed sync of the same town. */
export async function proveLoss(
  program: TestProgram,
  { seed, say }: SuiteOptions,
  { suite, deed, lose }: Loss,
): Promise<Proofs> {
  const proofs = new Proofs(suite, seed);
  const { people } = program.town;
  let dropped = 0;
  for (const moment of MOMENTS) {
    await readReaches(program, people * moment);
    await lose();
    dropped++;
    say(`${suite}: ${deed} from ${Math.round(people * moment)} records on`);
  }
  await syncOver(program);
  const found = await storeDigest(program.admin);
  const calm = await undisturbed(program);
  const bad = await badRuns(program);
  if (bad.length) say(`${suite}: ${bad.join(' · ')}`);
  const what = `town of ${people} people, ${deed} ${dropped} times in the sync`;
  const differing = Object.keys(calm.sources).filter((source) => calm.sources[source] !== found.sources[source]);
  proofs.none('sources', `${what}: sources that differ from an undisturbed run’s`, differing.length);
  proofs.equal('clusters', `${what}: clusters equal an undisturbed run’s`, found.clusters, calm.clusters);
  proofs.equal('golden', `${what}: golden rows equal an undisturbed run’s`, found.golden, calm.golden);
  proofs.none('unbalanced', `${what}: runs that did not end green and balanced`, bad.length);
  return proofs;
}

/** The same town synced by one worker without a queue. */
async function undisturbed(program: TestProgram): Promise<StoreDigest> {
  const db = await testDatabase();
  try {
    await addTown(db, await Keyring.open(program.keysDir, { create: false }), program.town);
    await syncTown(db, join(program.keysDir), [TOWN_SOURCES], 1000);
    return await storeDigest(db.admin);
  } finally {
    await db.close();
  }
}

const syncOver = (program: TestProgram): Promise<true> =>
  until(
    'the first sync to be over',
    async () => {
      const [row] = await program.admin<{ runs: number; open: number }>(
        `SELECT (SELECT count(*)::int FROM control.sync_run) AS runs, ((SELECT count(*) FROM control.sync_run WHERE state IN ('QUEUED', 'RUNNING'))
           + (SELECT count(*) FROM control.change_outbox) + (SELECT count(*) FROM control.unify_outbox))::int AS open`,
      );
      return row!.runs > 0 && row!.open === 0;
    },
    { seconds: 300, everyMs: 100 },
  );

const badRuns = async (program: TestProgram): Promise<string[]> =>
  (
    await program.admin<{ text: string }>(
      `SELECT concat_ws(' ', r.source, s.name, r.state, r.error_code) AS text FROM control.sync_run r JOIN control.stream s ON s.id = r.stream
       WHERE r.state <> 'SUCCEEDED' OR r.balanced IS DISTINCT FROM true ORDER BY r.id`,
    )
  ).map((row) => row.text);

/** The workers use the tables at this very moment: whoever drops them may have to ask again. */
const dropQueue = (program: TestProgram): Promise<true> =>
  until('the schema to go', () =>
    program.admin('DROP SCHEMA IF EXISTS queue CASCADE').then(
      () => true as const,
      (error: { code?: string }) => {
        if (error.code !== '40P01') throw error;
        return false;
      },
    ),
  );

const readReaches = (program: TestProgram, records: number): Promise<true> =>
  until(
    'the sync to get on',
    async () => {
      const [row] = await program.admin<{ read: number | null }>(`SELECT sum(read)::int AS read FROM control.sync_run`);
      return (row!.read ?? 0) >= records;
    },
    { seconds: 300, everyMs: 5 },
  );
