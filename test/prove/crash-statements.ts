import { sourceDigest } from '../kit/digest.js';
import { SeededRandom } from '../kit/random.js';
import { syncBench, syntheticPeople, type SyncBench } from '../kit/sync-bench.js';
import { Proofs, type Proof, type SuiteOptions } from './proof.js';
import { WorkerProcess } from './worker-process.js';

const PAGES = 4;
const SIZES = { full: { people: 1200, cases: Infinity, atOnce: 4 }, tenth: { people: 240, cases: 4, atOnce: 2 } };
/** Page transactions are bounded below the lease: long enough for a busy machine. */
const LEASE_SECONDS = 4;
const KINDS = ['first load', 'merge'] as const;

/** The worker dies before it sends one statement of the second page of its first load or of a later sync. */
interface Case {
  round: number;
  page: number;
  statement: number;
}

/** kill -9 at every boundary between two statements of a page transaction, before the first and after the COMMIT too. */
export async function crashStatements({ seed, scale, say }: SuiteOptions): Promise<Proof[]> {
  const proofs = new Proofs('crash-statements', seed);
  const size = SIZES[scale];
  const people = syntheticPeople(size.people);
  const changed = people
    .slice(Math.round(size.people * 0.05))
    .map((one, index) => (index % 10 === 0 ? { ...one, name: '改名' } : one));
  const bench = await syncBench({ durable: true });
  const rounds: Rounds = { bench, deliveries: [people, changed], pageSize: size.people / PAGES };
  try {
    await bench.source('calm');
    const statements: number[] = [];
    for (let round = 0; round < KINDS.length; round++) statements.push(await countStatements(rounds, round));
    const wanted = await sourceDigest(bench.db.admin, 'calm');
    const all = statements.flatMap((count, round) => [
      ...Array.from({ length: count }, (_, index) => ({ round, page: 2, statement: index + 1 })),
      { round, page: 3, statement: 1 },
    ]);
    const cases = draw(all, size.cases, new SeededRandom(seed));
    const bad: string[] = [];
    const left = [...cases];
    const one = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift())
        if ((await survive(rounds, next)) !== wanted) bad.push(`${KINDS[next.round]} ${next.page}/${next.statement}`);
    };
    await Promise.all(Array.from({ length: size.atOnce }, one));
    say(`crash-statements: ${cases.length} of ${all.length} boundaries, ${statements.join(' + ')} statements a page`);
    proofs.add(
      'digest',
      `kill -9 before each statement of a page and after its COMMIT (${KINDS.map((kind, index) => `${kind}: ${statements[index]} statements`).join(', ')}): digests equal an undisturbed run's`,
      bad.length ? `not at ${bad.join(', ')}` : cases.length,
      `${cases.length}`,
      bad.length === 0,
    );
    const [runs] = await bench.db.admin<{ bad: number }>(
      `SELECT count(*)::int AS bad FROM control.sync_run WHERE state <> 'SUCCEEDED' OR balanced IS DISTINCT FROM true`,
    );
    proofs.none('unbalanced', 'killed between statements: runs that do not balance', runs!.bad);
    return proofs.all;
  } finally {
    await bench.close();
  }
}

interface Rounds {
  bench: SyncBench;
  deliveries: ReturnType<typeof syntheticPeople>[];
  pageSize: number;
}

const orderOf = ({ bench, pageSize }: Rounds, source: string) => ({
  keysDir: bench.keysDir,
  sources: [source],
  pageSize,
  leaseSeconds: LEASE_SECONDS,
  link: false,
});

async function countStatements(rounds: Rounds, round: number): Promise<number> {
  const { bench, deliveries } = rounds;
  bench.deliver('calm', deliveries[round]!);
  await bench.queueRun('calm');
  const worker = new WorkerProcess(bench.db, orderOf(rounds, 'calm'));
  await worker.finishes();
  return worker.said('committed')[1]!.statements;
}

/** @returns the digest of a source whose worker died once. */
async function survive(rounds: Rounds, { round, page, statement }: Case): Promise<string> {
  const { bench, deliveries } = rounds;
  const source = `r${round}p${page}s${statement}`;
  await bench.source(source);
  for (const [index, delivery] of deliveries.entries()) {
    bench.deliver(source, delivery);
    if (index !== round) {
      await bench.sync(source);
      continue;
    }
    await bench.queueRun(source);
    const doomed = new WorkerProcess(bench.db, { ...orderOf(rounds, source), dieBefore: { page, statement } });
    const how = await doomed.exited;
    if (how !== 'SIGKILL') throw new Error(`${source}: the worker was to die and ended with ${how}`);
    await new WorkerProcess(bench.db, orderOf(rounds, source)).finishes();
  }
  return sourceDigest(bench.db.admin, source);
}

function draw(all: Case[], most: number, random: SeededRandom): Case[] {
  const rest = [...all];
  while (rest.length > most) rest.splice(random.integer(0, rest.length - 1), 1);
  return rest;
}
