import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeDigest } from '../kit/digest.js';
import { testProgram, type ProgramOptions, type TestProgram } from '../kit/program.js';
import { until } from '../kit/until.js';
import { Proofs, type Proof, type SuiteOptions } from './proof.js';

/** The queue's tables are dropped in the middle of a sync: the reconciler brings the work back. */
export async function queueLoss({ seed, scale, say }: SuiteOptions): Promise<Proof[]> {
  const proofs = new Proofs('queue-loss', seed);
  const home = mkdtempSync(join(tmpdir(), 'isthmus-prove-'));
  const people = scale === 'full' ? 3000 : 300;
  // Small pages make the sync long enough to be in the middle of it.
  const options = {
    ...{ people, seed, keysDir: join(home, 'keys'), townDir: join(home, 'town') },
    settings: { ISTHMUS_SYNC_PAGE: String(people / 30), ISTHMUS_LEASE_SECONDS: '5', ISTHMUS_CHECK_SECONDS: '3600' },
  };
  try {
    const calm = await digestOf({ ...options, home: join(home, 'calm') });
    let dropped = 0;
    const disturbed = await digestOf({ ...options, home: join(home, 'disturbed'), early: true }, async (program) => {
      for (const share of [0.2, 0.5, 0.8]) {
        await readReaches(program, calm.read * share);
        await dropQueue(program);
        dropped++;
        say(`queue-loss: the queue's schema dropped from ${Math.round(share * 100)} % of the records on`);
      }
    });
    const what = `town of ${people} people, DROP SCHEMA queue CASCADE ${dropped} times in the sync`;
    if (disturbed.bad.length) say(`queue-loss: ${disturbed.bad.join(' · ')}`);
    const text = (one: typeof calm): string => JSON.stringify(one.digest.sources);
    proofs.add(
      'sources',
      `${what}: source digests equal an undisturbed run’s`,
      text(disturbed) === text(calm) ? 'equal' : 'different',
      'equal',
      text(disturbed) === text(calm),
    );
    proofs.equal(
      'clusters',
      `${what}: clusters equal an undisturbed run’s`,
      disturbed.digest.clusters,
      calm.digest.clusters,
    );
    proofs.equal(
      'golden',
      `${what}: golden rows equal an undisturbed run’s`,
      disturbed.digest.golden,
      calm.digest.golden,
    );
    proofs.none('unbalanced', `${what}: runs that did not end green and balanced`, disturbed.bad.length);
    proofs.add('again', `${what}: the queue is there again`, disturbed.queueTables, '> 0', disturbed.queueTables > 0);
    return proofs.all;
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function digestOf(
  options: ProgramOptions,
  disturb: (program: TestProgram) => Promise<void> = () => Promise.resolve(),
) {
  const program = await testProgram(options);
  try {
    await disturb(program);
    await until(
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
    const [facts] = await program.admin<{ read: number; tables: number }>(
      `SELECT sum(read)::int AS read, 
         (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'queue') AS tables FROM control.sync_run`,
    );
    return {
      digest: await storeDigest(program.admin),
      read: facts!.read,
      bad: await badRunTexts(program),
      queueTables: facts!.tables,
    };
  } finally {
    await program.stop();
  }
}

const badRunTexts = async (program: TestProgram): Promise<string[]> =>
  (
    await program.admin<{ text: string }>(
      `SELECT concat_ws(' ', r.id, r.source, s.name, r.state, r.error_code, r.attempts, r.error) AS text FROM control.sync_run r JOIN control.stream s ON s.id = r.stream
       WHERE r.state <> 'SUCCEEDED' OR r.balanced IS DISTINCT FROM true ORDER BY r.id`,
    )
  ).map((row) => row.text);

/** The workers use the tables at this very moment: whoever drops them may have to ask again. */
async function dropQueue(program: TestProgram): Promise<void> {
  await until('the schema to go', () =>
    program.admin('DROP SCHEMA IF EXISTS queue CASCADE').then(
      () => true,
      (error: { code?: string }) => {
        if (error.code !== '40P01') throw error;
        return false;
      },
    ),
  );
}

async function readReaches(program: TestProgram, records: number): Promise<void> {
  await until(
    'the sync to get on',
    async () =>
      (await program.admin<{ read: number | null }>(`SELECT sum(read)::int AS read FROM control.sync_run`))[0]!.read! >=
      records,
    { seconds: 300, everyMs: 5 },
  );
}
