import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Keyring } from '../../src/platform/keys/index.js';
import { systemClock } from '../../src/platform/kernel/index.js';
import {
  addSource,
  approveHold,
  runStream,
  startSync,
  waitingHolds,
  type Engine,
  type RunResult,
} from '../../src/pipeline/sync/index.js';
import { peopleAdapter, type PersonLine } from './people-adapter.js';
import { testDatabase, type TestDatabase } from './postgres.js';

export interface SyncBench {
  db: TestDatabase;
  keyring: Keyring;
  keysDir: string;
  engine: Engine;
  /** Adds a source that reads JSON-lines files of its own directory. */
  source(id: string, options?: Parameters<typeof peopleAdapter>[0]): Promise<void>;
  /** Delivers a new complete file. */
  deliver(id: string, people: readonly PersonLine[], markerRows?: number): void;
  sync(
    id: string,
    options?: { approveDeletes?: string; engine?: Partial<Engine> },
  ): Promise<{ run: number; result: RunResult; row: Record<string, unknown> }>;
  /** Queues a run without executing it. @returns its number. */
  queueRun(id: string): Promise<number>;
  close(): Promise<void>;
}

/**
 * Real PostgreSQL, real keys, real files: everything a sync needs but the queue. `on` takes a database that is there,
 * `keysDir` keys that are there: digests of two databases can be compared only under the same keys.
 */
export async function syncBench(
  options: { pageSize?: number; durable?: boolean; on?: TestDatabase; keysDir?: string } = {},
): Promise<SyncBench> {
  const db = options.on ?? (await testDatabase({ durable: options.durable ?? false }));
  const keysDir = options.keysDir ?? join(db.home, 'keys');
  const keyring = await Keyring.open(keysDir);
  const engine: Engine = {
    database: db.database,
    keyring,
    clock: systemClock,
    pageSize: options.pageSize ?? 100,
    leaseSeconds: 10,
    owner: 'test',
  };
  const directory = (id: string): string => join(db.home, `drop-${id}`);
  let deliveries = 0;
  return {
    db,
    keyring,
    keysDir,
    engine,
    async source(id, adapter) {
      mkdirSync(directory(id), { recursive: true });
      await db.database.withContext('worker', { actor: 'test' }, (tx) =>
        addSource(tx, keyring, {
          id,
          adapter: peopleAdapter(adapter),
          settings: { directory: directory(id) },
          secrets: {},
          demo: false,
          scheduleSeconds: null,
          actor: 'test',
        }),
      );
    },
    deliver(id, people, markerRows = people.length) {
      const file = join(directory(id), `people_${String(++deliveries).padStart(6, '0')}.jsonl`);
      writeFileSync(file, people.map((one) => `${JSON.stringify(one)}\n`).join(''));
      writeFileSync(`${file}.ok`, `rows=${markerRows}`);
    },
    async sync(id, order = {}) {
      const [open] = await db.database.withContext('worker', { actor: 'test' }, async (tx) => {
        for (const { run } of order.approveDeletes ? await waitingHolds(tx, id) : [])
          await approveHold(tx, { run, actor: 'test', unit: 'test', person: 'test', reason: order.approveDeletes! });
        return startSync(tx, { source: id, actor: 'test' });
      });
      const result = await runStream({ ...engine, ...order.engine }, open!.run, new AbortController().signal);
      const [row] = await db.admin(`SELECT * FROM control.sync_run WHERE id = $1`, [open!.run]);
      return { run: open!.run, result, row: row! };
    },
    queueRun: async (id) =>
      (
        await db.database.withContext('worker', { actor: 'test' }, (tx) => startSync(tx, { source: id, actor: 'test' }))
      )[0]!.run,
    close: () => db.close(),
  };
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A valid synthetic ID number of region 990101. */
export function syntheticId(serial: number): string {
  const year = 1950 + (Math.floor(serial / 999) % 60);
  const body = `990101${year}0101${String((serial % 999) + 1).padStart(3, '0')}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * WEIGHTS[index]!, 0);
  return body + '10X98765432'[sum % 11];
}

export const syntheticPeople = (count: number, from = 0): PersonLine[] =>
  Array.from({ length: count }, (_, index) => {
    const serial = from + index;
    return {
      no: `P${String(serial).padStart(7, '0')}`,
      name: `测试${String.fromCodePoint(0x4e00 + (serial % 5000))}`,
      id: syntheticId(serial),
      sex: String(1 + (serial % 2)),
      phone: `139${String(10_000_000 + serial)}`,
      room: `R${serial}`,
    };
  });
