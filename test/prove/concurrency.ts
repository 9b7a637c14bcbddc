import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keyring } from '../../src/platform/keys/index.js';
import { storeDigest, type StoreDigest } from '../kit/digest.js';
import { testDatabase, type TestDatabase } from '../kit/postgres.js';
import { addTown, badRuns, testTown, TOWN_SOURCES, type TownFile, type TownSource } from '../kit/town.js';
import { Proofs, type Proof, type SuiteOptions } from './proof.js';
import { WorkerProcess } from './worker-process.js';

const SIZES = { full: { seeds: 20, people: 3000, pageSize: 500 }, tenth: { seeds: 2, people: 300, pageSize: 60 } };

interface Compared {
  sources: boolean;
  clusters: boolean;
  golden: boolean;
  bad: string[];
}

/** The four sources of a town synced at once by four workers come to the clusters of one worker after another. */
export async function concurrency({ seed, scale, say }: SuiteOptions): Promise<Proof[]> {
  const { seeds, people, pageSize } = SIZES[scale];
  const proofs = new Proofs('concurrency', seed);
  const directory = mkdtempSync(join(tmpdir(), 'isthmus-prove-'));
  const server = await testDatabase();
  const compared: Compared[] = [];
  try {
    for (let index = 0; index < seeds; index++) {
      const town = await testTown(join(directory, `town${index}`), { seed: seed + index, people });
      try {
        const one = await compare(server, town.file, index, pageSize);
        compared.push(one);
        say(`concurrency: seed ${seed + index}: ${JSON.stringify(one)}`);
      } finally {
        await town.stop();
        rmSync(join(directory, `town${index}`), { recursive: true, force: true });
      }
    }
  } finally {
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  }
  const what = `four sources of a town of ${people} people synced at once by four workers, ${seeds} seeds`;
  const equal = (field: 'sources' | 'clusters' | 'golden'): number => compared.filter((one) => one[field]).length;
  for (const [field, promise] of [
    ['clusters', 'clusters equal the serial run’s'],
    ['golden', 'golden rows equal the serial run’s'],
    ['sources', 'source digests equal the serial run’s'],
  ] as const)
    proofs.add(field, `${what}: ${promise}`, equal(field), String(seeds), equal(field) === seeds);
  proofs.none('unbalanced', `${what}: runs that do not balance`, compared.flatMap((one) => one.bad).length);
  return proofs.all;
}

async function compare(server: TestDatabase, town: TownFile, index: number, pageSize: number): Promise<Compared> {
  const keysDir = join(server.home, 'keys');
  const results: StoreDigest[] = [];
  const bad: string[] = [];
  for (const [name, crews] of [
    ['serial', [TOWN_SOURCES]],
    ['parallel', TOWN_SOURCES.map((source) => [source])],
  ] as const) {
    const db = await server.another(`${name}${index}`);
    try {
      await addTown(db, await Keyring.open(keysDir), town);
      await syncTown(db, keysDir, crews, pageSize);
      results.push(await storeDigest(db.admin));
      bad.push(...(await badRuns(db)));
    } finally {
      await db.close();
      await server.admin(`DROP DATABASE ${name}${index}`);
    }
  }
  const [serial, parallel] = results as [StoreDigest, StoreDigest];
  return {
    sources: JSON.stringify(serial.sources) === JSON.stringify(parallel.sources),
    clusters: serial.clusters === parallel.clusters,
    golden: serial.golden === parallel.golden,
    bad,
  };
}

/** One worker process for each crew; each syncs its sources one after another and links meanwhile. */
export async function syncTown(
  db: TestDatabase,
  keysDir: string,
  crews: readonly (readonly TownSource[])[],
  pageSize: number,
): Promise<void> {
  const workers = crews.map(
    (sources, index) =>
      new WorkerProcess(db, {
        ...{ keysDir, sources: [...sources], owner: `worker-${index}` },
        ...{ pageSize, leaseSeconds: 30, link: true, linkBatch: pageSize },
      }),
  );
  try {
    await Promise.all(workers.map((worker) => worker.finishes()));
  } finally {
    await Promise.all(workers.filter((worker) => worker.running).map((worker) => worker.kill()));
  }
}
