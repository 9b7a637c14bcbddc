import { join } from 'node:path';
import { runStream, startSync, waitingRuns, type Engine } from '../../src/pipeline/sync/index.js';
import { systemClock } from '../../src/platform/kernel/index.js';
import { Keyring } from '../../src/platform/keys/index.js';
import { testDatabase, type TestDatabase } from '../kit/postgres.js';
import { advanceTown, townCounts, type Advanced, type ListCounts } from '../kit/town-days.js';
import { addTown, badRuns, testTown, TOWN_SOURCES } from '../kit/town.js';
import { Proofs, type Proof, type SuiteOptions } from './proof.js';

const SIZE = { full: { people: 3000, months: 12 }, tenth: { people: 300, months: 3 } };
const DAYS = 30;
/** The longest grace of the four sources, and one scan more. */
const SCANS = 2;

/** The statement's terms of a month, in the town's words. */
const TERMS = {
  created: 'created',
  changed: 'updated',
  softDeleted: 'deleted_by_message',
  vanished: 'deleted_by_absence',
  reappeared: 'revived',
} as const;

type Terms = Record<keyof typeof TERMS, number>;

/**
 * Months pass in the town. After each, the streams are read often enough for every grace to end, and then what the
 * store holds, and what the runs say they did, is what the town says it has and what it changed: list by list.
 */
export async function months({ seed, scale, say }: SuiteOptions): Promise<Proof[]> {
  const { people, months: count } = SIZE[scale];
  const proofs = new Proofs('months', seed);
  const db = await testDatabase();
  try {
    const keyring = await Keyring.open(join(db.home, 'keys'));
    const directory = join(db.home, 'town');
    const town = await testTown(directory, { people, seed });
    try {
      const engine: Engine = {
        ...{ database: db.database, keyring, clock: systemClock, pageSize: 500, leaseSeconds: 30, owner: 'months' },
      };
      await addTown(db, keyring, town.file);
      await settle(engine);
      proofs.none(
        'first',
        'first day: lists whose live records differ from the town',
        await differences(db, directory, say),
      );
      for (let month = 1; month <= count; month++) await liveMonth(engine, db, directory, month, proofs, say);
    } finally {
      await town.stop();
    }
  } finally {
    await db.close();
  }
  return proofs.all;
}

async function liveMonth(
  engine: Engine,
  db: TestDatabase,
  directory: string,
  month: number,
  proofs: Proofs,
  say: (line: string) => void,
): Promise<void> {
  const since = await lastRun(db);
  const advanced = await advanceTown(directory, DAYS);
  for (let scan = 0; scan < SCANS; scan++) {
    await engine.database.withContext('worker', { actor: 'months' }, async (tx) => {
      for (const source of TOWN_SOURCES) await startSync(tx, { source, actor: 'months' });
    });
    await settle(engine);
  }
  const bad = await badRuns(db);
  if (bad.length) say(`months: ${advanced.asOf}: ${bad.join(', ')}`);
  const id = String(month).padStart(2, '0');
  proofs.none(`runs-${id}`, `${advanced.asOf}: runs that did not end green and balanced`, bad.length);
  proofs.none(
    `live-${id}`,
    `${advanced.asOf}: lists whose live records differ from the town`,
    await differences(db, directory, say),
  );
  const wrong = await wrongTerms(db, since, advanced, say);
  proofs.none(`terms-${id}`, `${advanced.asOf}: counts of a kind of change that differ from the town's`, wrong);
}

/** Carries on whatever waits until nothing does. */
async function settle(engine: Engine): Promise<void> {
  const never = new AbortController().signal;
  for (;;) {
    const runs = await engine.database.withContext('worker', { actor: 'months' }, (tx) => waitingRuns(tx));
    if (runs.length === 0) return;
    for (const { run } of runs) await runStream(engine, run, never);
  }
}

const lastRun = async (db: TestDatabase): Promise<number> =>
  (await db.admin<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM control.sync_run'))[0]!.id;

/** Lists whose live records in the store are not as many as the town's. */
async function differences(db: TestDatabase, directory: string, say: (line: string) => void): Promise<number> {
  const { sources } = await townCounts(directory);
  const tables = await db.admin<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns c
     WHERE table_schema = 'data' AND column_name = 'gone_run' AND table_name NOT LIKE '%\\_version'`,
  );
  const each = tables.map(
    ({ name }) => `SELECT stream, count(*) AS n FROM data.${name} WHERE part = '' AND gone_run IS NULL GROUP BY stream`,
  );
  const found = await db.admin<{ source: string; name: string; n: string }>(
    `SELECT s.source, s.name, coalesce(sum(n), 0) AS n FROM control.stream s
     LEFT JOIN (${each.join(' UNION ALL ')}) rows ON rows.stream = s.id GROUP BY s.source, s.name`,
  );
  let different = 0;
  for (const { source, name, n } of found) {
    const wanted = (sources as Record<string, Record<string, ListCounts>>)[source]?.[name]?.live;
    if (Number(n) === wanted) continue;
    different += 1;
    say(`months: ${source} ${name}: ${n} live, the town has ${wanted}`);
  }
  return different;
}

/** Kinds of change, over all lists, of which the runs counted another number than the town. */
async function wrongTerms(
  db: TestDatabase,
  since: number,
  { asOf, sources }: Advanced,
  say: (line: string) => void,
): Promise<number> {
  const sums = Object.entries(TERMS).map(([kind, column]) => `sum(r.${column})::int AS "${kind}"`);
  const rows = await db.admin<{ source: string; name: string } & Terms>(
    `SELECT s.source, s.name, ${sums.join(', ')} FROM control.sync_run r JOIN control.stream s ON s.id = r.stream
     WHERE r.id > $1 GROUP BY s.source, s.name`,
    [since],
  );
  let wrong = 0;
  for (const row of rows) {
    const wanted = (sources as Record<string, Record<string, ListCounts>>)[row.source]![row.name]!;
    for (const kind of Object.keys(TERMS) as (keyof typeof TERMS)[]) {
      if (row[kind] === wanted[kind]) continue;
      wrong += 1;
      say(`months: ${asOf} ${row.source} ${row.name}: ${row[kind]} ${kind}, the town says ${wanted[kind]}`);
    }
  }
  return wrong;
}
