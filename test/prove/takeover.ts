import { sourceDigest } from '../kit/digest.js';
import { SeededRandom } from '../kit/random.js';
import { syncBench, syntheticPeople, type SyncBench } from '../kit/sync-bench.js';
import { until } from '../kit/until.js';
import { Proofs, type Proof, type SuiteOptions } from './proof.js';
import { runFacts } from './run-facts.js';
import { WorkerProcess } from './worker-process.js';

const LEASE_SECONDS = 3;
/** How much longer than the lease another worker may need; one that is there looks many times a second. */
const GRACE_SECONDS = 3;

/** Where the first worker freezes, and whether it wakes while the second works or after it. */
interface Round {
  step: string;
  wakes: 'during' | 'after';
}

/** How far the clocks of the first and of the second worker are off, turn about: leases must not care. */
const CLOCKS = [
  [3600, -3600],
  [-3600, 3600],
  [0, 0],
] as const;

const ROUNDS: Round[] = ['fence', 'records', 'statement', 'control', 'close'].flatMap((step) => [
  { step, wakes: 'after' as const },
  { step, wakes: 'during' as const },
]);

interface Taken {
  waited: number;
  /** What the woken worker said of its run. */
  verdict: string;
  equal: boolean;
  balanced: boolean;
  evidencedEnds: number;
}

/** A worker frozen past its lease: another takes over in time, and nothing that the woken one does counts. */
export async function takeover({ seed, scale, say }: SuiteOptions): Promise<Proof[]> {
  const proofs = new Proofs('takeover', seed);
  const random = new SeededRandom(seed);
  const rounds =
    scale === 'full'
      ? ROUNDS
      : [{ step: 'records', wakes: 'after' } as const, { step: 'statement', wakes: 'during' } as const];
  const people = syntheticPeople(scale === 'full' ? 6000 : 1200);
  const bench = await syncBench({ durable: true });
  try {
    await bench.source('calm');
    bench.deliver('calm', people);
    await bench.sync('calm');
    const wanted = await sourceDigest(bench.db.admin, 'calm');
    const taken: Taken[] = [];
    for (const [index, round] of rounds.entries()) {
      const nth = round.step === 'close' ? 1 : random.integer(1, 4);
      const clocks = CLOCKS[index % CLOCKS.length]!;
      taken.push(await freeze(bench, `s${index}`, people, { ...round, nth, clocks }, wanted));
      say(
        `takeover: frozen after '${round.step}', woken ${round.wakes} the other's work: ${JSON.stringify(taken.at(-1))}`,
      );
    }
    const what = `${rounds.length} × SIGSTOP past the lease, clocks of the workers up to ± 1 h off`;
    const waited = Math.max(...taken.map((one) => one.waited));
    proofs.add(
      'wait',
      `${what}: seconds until another worker holds the stream`,
      Number(waited.toFixed(2)),
      `≤ ${LEASE_SECONDS + GRACE_SECONDS}`,
      waited <= LEASE_SECONDS + GRACE_SECONDS,
    );
    proofs.none(
      'refused',
      `${what}: woken workers that did not say LOST`,
      taken.filter((one) => one.verdict !== 'LOST').length,
    );
    proofs.none(
      'digest',
      `${what}: streams that differ from an undisturbed run's`,
      taken.filter((one) => !one.equal).length,
    );
    proofs.none('unbalanced', `${what}: runs that do not balance`, taken.filter((one) => !one.balanced).length);
    proofs.none(
      'ends',
      `${what}: runs whose end was evidenced more or less than once`,
      taken.filter((one) => one.evidencedEnds !== 1).length,
    );
    return proofs.all;
  } finally {
    await bench.close();
  }
}

async function freeze(
  bench: SyncBench,
  source: string,
  people: ReturnType<typeof syntheticPeople>,
  round: Round & { nth: number; clocks: readonly [number, number] },
  wanted: string,
): Promise<Taken> {
  await bench.source(source);
  bench.deliver(source, people);
  const run = await bench.queueRun(source);
  const order = {
    keysDir: bench.keysDir,
    sources: [source],
    pageSize: people.length / 6,
    leaseSeconds: LEASE_SECONDS,
    link: false,
  };
  const frozen = new WorkerProcess(bench.db, {
    ...order,
    owner: 'first',
    clockSeconds: round.clocks[0],
    halt: { step: round.step, nth: round.nth, signal: 'SIGSTOP' },
  });
  await frozen.says('halt');
  // The second freezes itself for a moment in its own page, so that the first can wake in the middle of its work.
  const second = new WorkerProcess(bench.db, {
    ...order,
    owner: 'second',
    clockSeconds: round.clocks[1],
    ...(round.wakes === 'during'
      ? { halt: { step: round.step === 'close' ? 'close' : 'control', nth: 1, signal: 'SIGSTOP' as const } }
      : {}),
  });
  await second.says('ready');
  const since = performance.now();
  await until('the other worker to hold the stream', async () => {
    const [row] = await bench.db.admin<{ owner: string | null; state: string }>(
      `SELECT s.owner, r.state FROM control.stream s JOIN control.sync_run r ON r.id = $1 WHERE s.id = r.stream`,
      [run],
    );
    return row!.owner === 'second' || row!.state === 'SUCCEEDED';
  });
  const waited = (performance.now() - since) / 1000;
  if (round.wakes === 'during') {
    await second.says('halt');
    frozen.signal('SIGCONT');
    await settled(frozen, run);
    second.signal('SIGCONT');
  }
  await second.finishes();
  if (round.wakes === 'after') frozen.signal('SIGCONT');
  await frozen.finishes();
  const facts = await runFacts(bench.db.admin, run);
  const [row] = await bench.db.admin<{ state: string; balanced: boolean; ends: number }>(
    `SELECT state, balanced, (SELECT count(*)::int FROM ledger.event WHERE code = 'SYNC_RUN_ENDED'
       AND (convert_from(body, 'UTF8')::jsonb ->> 'run')::int = r.id) AS ends FROM control.sync_run r WHERE id = $1`,
    [run],
  );
  return {
    waited,
    verdict: frozen.said('ended').find((line) => line.run === run)?.result ?? 'nothing',
    equal: (await sourceDigest(bench.db.admin, source)) === wanted,
    balanced:
      row!.state === 'SUCCEEDED' &&
      row!.balanced &&
      facts.history === 0 &&
      facts.evidenced === people.length &&
      facts.gaps === 0,
    evidencedEnds: row!.ends,
  };
}

/** The woken worker has come to terms with its run (it then finds it BUSY and waits), while the second still stands. */
async function settled(worker: WorkerProcess, run: number): Promise<void> {
  await until('the woken worker to give way', () => worker.said('ended').some((line) => line.run === run));
}
