import { sourceDigest } from '../kit/digest.js';
import { syncBench, syntheticPeople, type SyncBench } from '../kit/sync-bench.js';
import { Proofs, type Proof, type SuiteOptions } from './proof.js';
import { WorkerProcess } from './worker-process.js';

/** The named steps of a page transaction, of a sweep and of the close, in order. */
const STEPS = ['fence', 'records', 'statement', 'control', 'sweep', 'close'];
/** Page transactions are bounded below the lease: long enough for a busy machine. */
const LEASE_SECONDS = 4;

/** The program kills itself right after each named step; the run that goes on must end as if nothing had been. */
export async function crashPoints({ seed, scale, say }: SuiteOptions): Promise<Proof[]> {
  const proofs = new Proofs('crash-points', seed);
  const count = scale === 'full' ? 5000 : 400;
  const pageSize = count / 4;
  const people = syntheticPeople(count);
  const changed = people
    .slice(Math.round(count * 0.05))
    .map((one, index) => (index % 10 === 0 ? { ...one, name: '改名' } : one));
  const bench = await syncBench({ durable: true });
  try {
    const deliveries = [people, changed];
    await bench.source('calm');
    for (const delivery of deliveries) {
      bench.deliver('calm', delivery);
      await bench.sync('calm');
    }
    const wanted = await sourceDigest(bench.db.admin, 'calm');
    const survivors = await Promise.all(
      STEPS.map(async (step) => {
        await bench.source(step);
        for (const [round, delivery] of deliveries.entries()) {
          // The first load copies, the second merges and sweeps; the short proof kills in the second only.
          if (round === 0 && (step === 'sweep' || scale === 'tenth')) {
            bench.deliver(step, delivery);
            await bench.sync(step);
          } else await syncWithCrash(bench, step, delivery, pageSize, step === 'close' || step === 'sweep' ? 1 : 2);
        }
        say(`crash: killed after '${step}'`);
        return (await sourceDigest(bench.db.admin, step)) === wanted;
      }),
    );
    const equal = survivors.filter(Boolean).length;
    const bad = STEPS.filter((_, index) => !survivors[index]);
    proofs.add(
      'digest',
      `killed right after each step of a page transaction (${STEPS.join(', ')}): digests equal an undisturbed run's`,
      bad.length ? `${equal} equal, not after ${bad.join(', ')}` : equal,
      `${STEPS.length}`,
      equal === STEPS.length,
    );
    const [runs] = await bench.db.admin<{ bad: number }>(
      `SELECT count(*)::int AS bad FROM control.sync_run WHERE state <> 'SUCCEEDED' OR balanced IS DISTINCT FROM true`,
    );
    proofs.none('unbalanced', 'killed right after each step: runs that do not balance', runs!.bad);
    return proofs.all;
  } finally {
    await bench.close();
  }
}

async function syncWithCrash(
  bench: SyncBench,
  step: string,
  people: ReturnType<typeof syntheticPeople>,
  pageSize: number,
  nth: number,
): Promise<void> {
  bench.deliver(step, people);
  await bench.queueRun(step);
  const order = { keysDir: bench.keysDir, sources: [step], pageSize, leaseSeconds: LEASE_SECONDS, link: false };
  const doomed = new WorkerProcess(bench.db, { ...order, halt: { step, nth, signal: 'SIGKILL' } });
  const how = await doomed.exited;
  if (how !== 'SIGKILL')
    throw new Error(
      `the worker was to die after ${step} and ended with ${how}: ${JSON.stringify(doomed.lines.slice(-5))}`,
    );
  await new WorkerProcess(bench.db, order).finishes();
}
