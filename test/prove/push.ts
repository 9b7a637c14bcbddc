import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { LOGIN_ROLES, type LoginRole } from '../../src/platform/database/index.js';
import { built } from '../kit/built.js';
import { pushBench, send, type PushBench, type TestEvent } from '../kit/push-bench.js';
import { SeededRandom } from '../kit/random.js';
import { syntheticPeople } from '../kit/sync-bench.js';
import { until } from '../kit/until.js';
import { Proofs, type Proof, type SuiteOptions } from './proof.js';
import type { PushServerOrder } from './push-server.js';

const SENDERS = 6;

/** A burst of pushed events while the process that takes them is killed again and again, and the database with it. */
export async function push({ seed, scale, say }: SuiteOptions): Promise<Proof[]> {
  const proofs = new Proofs('push', seed);
  const random = new SeededRandom(seed);
  const [count, kills, stops] = scale === 'full' ? [10_000, 30, 5] : [1000, 5, 1];
  const bench = await pushBench({ durable: true });
  try {
    await bench.pushed('burst');
    const people = syntheticPeople(count);
    const events = people.map((data, index): TestEvent => ({ id: `event-${index}`, data }));
    const hosts = new Hosts(bench);
    // Moments of the burst, in acknowledged events, at which something dies.
    const moments = Array.from({ length: kills + stops }, (_, index) => ({
      at: random.integer(1, count - 1),
      stop: index < stops,
    })).sort((one, other) => one.at - other.at);
    const burst = new Burst(hosts, events, random);
    await hosts.start();
    const sending = burst.run();
    for (const { at, stop } of moments) {
      await until('acknowledged events', () => burst.acknowledged >= at, { seconds: 300, everyMs: 2 });
      await hosts.kill();
      if (stop) await bench.db.crashServer();
      await hosts.start();
    }
    await sending;
    say(`push: ${burst.acknowledged} acknowledged, ${burst.requests} requests, ${burst.failures} of them failed`);
    await until('the inbox to be empty', async () => (await bench.waiting()) === 0 && !(await open(bench)), {
      seconds: 120,
    });
    await hosts.kill();
    await judge(proofs, bench, count, burst);
  } finally {
    await bench.close();
  }
  return proofs.all;
}

const open = async (bench: PushBench): Promise<boolean> =>
  (await bench.db.admin(`SELECT 1 FROM control.sync_run WHERE state IN ('QUEUED', 'RUNNING')`)).length > 0;

async function judge(proofs: Proofs, bench: PushBench, count: number, burst: Burst): Promise<void> {
  const one = async (sql: string): Promise<Record<string, number>> =>
    (await bench.db.admin<Record<string, number>>(sql))[0]!;
  const rows = await one(
    `SELECT count(*)::int AS live, count(DISTINCT key)::int AS keys, count(*) FILTER (WHERE version <> 1)::int AS again,
            (SELECT count(*)::int FROM data.person_version) AS history FROM data.person WHERE gone_run IS NULL`,
  );
  const runs = await one(
    `SELECT sum(read)::int AS read, sum(created)::int AS created, count(*) FILTER (WHERE balanced IS NOT TRUE OR state <> 'SUCCEEDED')::int AS bad
     FROM control.sync_run WHERE mode = 'push'`,
  );
  const told = await bench.db.admin<{ body: Buffer }>(`SELECT body FROM ledger.event WHERE code = 'PUSH_RECEIVED'`);
  const evidenced = told.reduce((sum, { body }) => sum + (JSON.parse(String(body)) as { rows: number }).rows, 0);
  proofs.none('lost', 'events that were acknowledged and are not in the store', burst.acknowledged - rows['keys']!);
  proofs.none('doubled', 'events that count twice', runs['read']! - count + rows['again']! + rows['history']!);
  proofs.none('unsent', 'events that were never acknowledged', count - burst.acknowledged);
  proofs.none('unbalanced', 'push runs that are not green and balanced', runs['bad']!);
  proofs.none('evidence', 'difference of evidenced and stored events', evidenced - runs['created']!);
}

/** The process that takes events in; a killed one is followed by another at another port. */
class Hosts {
  #child: ChildProcess | undefined;
  url = '';

  constructor(private readonly bench: PushBench) {}

  async start(): Promise<void> {
    const { db, keysDir } = this.bench;
    const urls = Object.fromEntries(LOGIN_ROLES.map((role) => [role, db.urlOf(role)])) as Record<LoginRole, string>;
    const order: PushServerOrder = { urls, keysDir, pageSize: 100, leaseSeconds: 2 };
    const child = spawn(process.execPath, [built('test/prove/push-server.js')], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child = child;
    child.stdin.end(`${JSON.stringify(order)}\n`);
    const port = await Promise.race([
      once(createInterface({ input: child.stdout }), 'line').then(([line]) => String(line)),
      once(child, 'exit').then(() => {
        throw new Error('the server ended before it listened');
      }),
    ]);
    this.url = `http://127.0.0.1:${port}/push/burst/people`;
  }

  async kill(): Promise<void> {
    const child = this.#child!;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}

/** Senders that try again until they are told that an event was accepted, and now and then send an old one once more. */
class Burst {
  acknowledged = 0;
  requests = 0;
  failures = 0;
  readonly #waiting: TestEvent[];
  readonly #done: TestEvent[] = [];

  constructor(
    private readonly hosts: Hosts,
    events: readonly TestEvent[],
    private readonly random: SeededRandom,
  ) {
    this.#waiting = [...events];
  }

  async run(): Promise<void> {
    await Promise.all(Array.from({ length: SENDERS }, () => this.#send()));
  }

  async #send(): Promise<void> {
    while (this.#waiting.length) {
      const batch = this.#waiting.splice(0, this.random.integer(1, 12));
      const old = this.#done.at(this.random.integer(0, Math.max(0, this.#done.length - 1)));
      this.requests++;
      const accepted = await send(this.hosts.url, old ? [...batch, old] : batch).then(
        ({ status }) => status === 202,
        () => false,
      );
      if (accepted) {
        this.acknowledged += batch.length;
        this.#done.push(...batch);
      } else {
        this.failures++;
        this.#waiting.push(...batch);
        await new Promise((next) => setTimeout(next, 20));
      }
    }
  }
}
