import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureLinks } from '../../src/pipeline/link/index.js';
import { Keyring } from '../../src/platform/keys/index.js';
import { testDatabase } from '../kit/postgres.js';
import { addTown, badRuns, testTown, TOWN_SOURCES } from '../kit/town.js';
import { syncTown } from './concurrency.js';
import { Proofs, type Proof, type SuiteOptions } from './proof.js';

/** How good the links are, against a truth that no part of the gateway has read. */
export async function link({ seed, scale, say }: SuiteOptions): Promise<Proof[]> {
  const people = scale === 'full' ? 100_000 : 3000;
  const proofs = new Proofs('link', seed);
  const directory = mkdtempSync(join(tmpdir(), 'isthmus-prove-'));
  const db = await testDatabase();
  try {
    const town = await testTown(join(directory, 'town'), { seed, people });
    try {
      const keysDir = join(db.home, 'keys');
      await addTown(db, await Keyring.open(keysDir), town.file);
      const from = performance.now();
      // Two crews on two cores.
      await syncTown(db, keysDir, [TOWN_SOURCES.slice(0, 2), TOWN_SOURCES.slice(2)], 5000);
      say(
        `link: a town of ${people} people synced, linked and unified in ${((performance.now() - from) / 1000).toFixed(1)} s`,
      );
      proofs.none('unbalanced', `a town of ${people} people: runs that do not balance`, (await badRuns(db)).length);
      const measure = await measureLinks(db.database, await town.truth());
      const { overall, fullIdAndName, wrongMerges, records } = measure;
      say(`link: ${JSON.stringify(measure)}`);
      const share = (id: string, promise: string, figure: number, least: number): void =>
        proofs.add(
          id,
          `a town of ${people} people: ${promise}`,
          Number(figure.toFixed(5)),
          `≥ ${least}`,
          figure >= least,
        );
      share('precision', 'pairwise precision', overall.precision, 0.999);
      share('recall-clean', 'recall where a full valid ID and the name survive the dirt', fullIdAndName.recall, 0.95);
      share('recall', 'recall over all records', overall.recall, 0.85);
      proofs.none('twins', `a town of ${people} people: wrong merges among twins`, wrongMerges.twins);
      proofs.none(
        'phones',
        `a town of ${people} people: wrong merges among people who share a phone`,
        wrongMerges.sharedPhones,
      );
      share('measured', 'records of the truth that are in the store', 1 - records.missing / records.inTruth, 0.98);
      return proofs.all;
    } finally {
      await town.stop();
    }
  } finally {
    await db.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
