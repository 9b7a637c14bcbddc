import { join } from 'node:path';
import { LinkService } from '../../src/pipeline/link/index.js';
import { runStream, waitingRuns, type Engine } from '../../src/pipeline/sync/index.js';
import { UnifyService } from '../../src/pipeline/unify/index.js';
import { systemClock } from '../../src/platform/kernel/index.js';
import { Keyring } from '../../src/platform/keys/index.js';
import { testDatabase, type TestDatabase } from './postgres.js';
import { addTown, badRuns, testTown } from './town.js';

export interface SyncedTown {
  db: TestDatabase;
  keyring: Keyring;
  keysDir: string;
  close(): Promise<void>;
}

/**
 * A database filled the way the product fills it: the town's four systems answer on their own protocols, the bundled
 * adapters read them, link and unify run. The town has stopped when this returns; what it said is there.
 *
 * @throws Error when a stream did not succeed in balance.
 */
export async function syncedTown(options: { people: number; seed: number }): Promise<SyncedTown> {
  const db = await testDatabase();
  const keysDir = join(db.home, 'keys');
  const keyring = await Keyring.open(keysDir);
  const town = await testTown(join(db.home, 'town'), options);
  try {
    await addTown(db, keyring, town.file);
    await syncAll({
      database: db.database,
      keyring,
      clock: systemClock,
      pageSize: 500,
      leaseSeconds: 30,
      owner: 'test',
    });
  } finally {
    await town.stop();
  }
  const bad = await badRuns(db);
  if (bad.length) throw new Error(`not synced: ${bad.join(', ')}`);
  await new LinkService(db.database, keyring).drain();
  await new UnifyService(db.database).drain();
  return { db, keyring, keysDir, close: () => db.close() };
}

/** Carries on whatever waits until nothing does. */
async function syncAll(engine: Engine): Promise<void> {
  const never = new AbortController().signal;
  for (;;) {
    const runs = await engine.database.withContext('worker', { actor: 'test' }, (tx) => waitingRuns(tx));
    if (runs.length === 0) return;
    for (const { run } of runs) await runStream(engine, run, never);
  }
}
