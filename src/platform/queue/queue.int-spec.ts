import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { testDatabase, type TestDatabase } from '../../../test/kit/postgres.js';
import { redisInstalled, testRedis, type TestRedis } from '../../../test/kit/redis.js';
import { ForbiddenError, RetriableError } from '../kernel/index.js';
import type { Handlers } from './find-handlers.js';
import type { JobContext } from './handles-job.js';
import { JobQueue, type QueueLocation, type QueueReport } from './job-queue.js';
import { JobRunner } from './job-runner.js';
import type { JobName } from './jobs.js';

/** What a store of jobs must offer to be tested. */
interface Store {
  location: QueueLocation;
  /** Everything that is stored, as text. */
  dump(): Promise<string>;
  /** Throws the whole store away. */
  lose(): Promise<void>;
  connections(): Promise<number>;
  /** Connections when no queue is open: the test's own. */
  idle: number;
}

type Handle = (data: Record<string, unknown>, job: JobContext) => Promise<void>;

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('the condition did not come true within 30 s');
    await new Promise((next) => setTimeout(next, 20));
  }
};

function contract(store: () => Store): void {
  const open: { queue: JobQueue; runner?: JobRunner }[] = [];
  const made = async (report: QueueReport = {}): Promise<JobQueue> => {
    const queue = await JobQueue.open(store().location, report);
    open.push({ queue });
    return queue;
  };
  const run = async (queue: JobQueue, handle: Handle, report: QueueReport = {}): Promise<JobRunner> => {
    const runner = new JobRunner(queue, report);
    open.find((one) => one.queue === queue)!.runner = runner;
    const names: JobName[] = ['sync-stream', 'link', 'check-source'];
    await runner.start(new Map(names.map((name) => [name, { handle }])) as unknown as Handlers);
    return runner;
  };
  afterEach(async () => {
    for (const { queue, runner } of open.splice(0)) {
      await runner?.stop(2_000);
      await queue.close();
    }
  });

  it('brings the data, the id and the attempt to the handler, and keeps nothing', async () => {
    const queue = await made();
    const seen: unknown[] = [];
    await run(queue, async (data, { id, attempt }) => void seen.push({ data, id, attempt }));
    await queue.enqueue('sync-stream', { stream: 3, run: 12 }, { id: 'run-12' });
    await until(() => seen.length === 1);
    expect(seen).toEqual([{ data: { stream: 3, run: 12 }, id: 'run-12', attempt: 1 }]);
    await until(async () => (await queue.depths())['sync-stream'].active === 0);
    await queue.enqueue('sync-stream', { stream: 3, run: 12 }, { id: 'run-12' });
    await until(() => seen.length === 2);
  });

  it('runs a job that waits once, however often it is asked for', async () => {
    const queue = await made();
    for (let i = 0; i < 5; i += 1) await queue.enqueue('link', {}, { id: 'link' });
    expect((await queue.depths()).link).toEqual({ waiting: 1, active: 0, delayed: 0 });
    let count = 0;
    await run(queue, async () => void (count += 1));
    await queue.enqueue('check-source', { source: 'after' }, { id: 'after' });
    await until(() => count === 2);
  });

  it('loses no wake-up that arrives while the job runs, and runs it once more only', async () => {
    const queue = await made();
    let release = (): void => undefined;
    const gate = new Promise<void>((done) => (release = done));
    let [count, together, most] = [0, 0, 0];
    await run(queue, async () => {
      most = Math.max(most, (together += 1));
      count += 1;
      await gate;
      together -= 1;
    });
    await queue.enqueue('link', {}, { id: 'link' });
    await until(() => count === 1);
    for (let i = 0; i < 4; i += 1) await queue.enqueue('link', {}, { id: 'link' });
    release();
    await until(() => count === 2);
    await until(async () => (await queue.depths()).link.active === 0);
    expect([count, most]).toEqual([2, 1]);
  });

  it('tries passing trouble again, gives up on the rest, and stores no word of the error', async () => {
    const failures: unknown[] = [];
    const queue = await made();
    const tries: Record<string, number> = {};
    let dumped = '';
    const handle: Handle = async (_data, { id, attempt }) => {
      tries[id] = attempt;
      if (id === 'refused') throw new ForbiddenError('FORBIDDEN');
      if (attempt === 2) dumped = await store().dump();
      if (attempt < 3)
        throw Object.assign(new RetriableError('QUEUE_UNREACHABLE'), { message: '张三 99010119900307123X' });
    };
    await run(queue, handle, {
      failed: (job, error, final) => failures.push([job, (error as { code: string }).code, final]),
    });
    await queue.enqueue('link', {}, { id: 'shaky' });
    await until(() => tries['shaky'] === 3);
    await queue.enqueue('link', {}, { id: 'refused' });
    await until(() => failures.length === 3);
    expect(tries).toEqual({ shaky: 3, refused: 1 });
    expect(failures).toEqual([
      ['link', 'QUEUE_UNREACHABLE', false],
      ['link', 'QUEUE_UNREACHABLE', false],
      ['link', 'FORBIDDEN', true],
    ]);
    expect(dumped).toContain('QUEUE_UNREACHABLE');
    expect(dumped).not.toMatch(/张三|990101/);
    expect(dumped).not.toContain('job-runner');
  });

  it('refuses an id that the store cannot keep, and data that are more than ids', async () => {
    const queue = await made();
    for (const id of ['', 'a:b', 'a b', 'x'.repeat(101)])
      await expect(queue.enqueue('link', {}, { id })).rejects.toMatchObject({ code: 'QUEUE_JOB_ID' });
    for (const source of ['张三', 'a b', '', { name: 'x' }])
      await expect(queue.enqueue('check-source', { source: source as string }, { id: 'c' })).rejects.toMatchObject({
        code: 'QUEUE_JOB_DATA',
      });
  });

  it('divides the work between processes, each job once', async () => {
    const [one, two] = [await made(), await made()];
    const done = new Map<unknown, number>();
    const handle: Handle = async ({ run: id }) => void done.set(id, (done.get(id) ?? 0) + 1);
    await Promise.all([run(one, handle), run(two, handle)]);
    for (let i = 0; i < 200; i += 1) await one.enqueue('sync-stream', { stream: 1, run: i }, { id: `run-${i}` });
    await until(() => done.size === 200);
    expect([...done.values()].every((times) => times === 1)).toBe(true);
  });

  it('goes on after its store was lost in the middle of work', async () => {
    let healed = 0;
    const queue = await made({ healed: () => (healed += 1) });
    const done: unknown[] = [];
    let release = (): void => undefined;
    const gate = new Promise<void>((next) => (release = next));
    await run(queue, async ({ run: id }) => {
      if (id === 0) await gate;
      done.push(id);
    });
    await queue.enqueue('sync-stream', { stream: 1, run: 0 }, { id: 'run-0' });
    await until(async () => (await queue.depths())['sync-stream'].active === 1);
    await store().lose();
    release();
    await until(() => done.length === 1);
    await queue.enqueue('sync-stream', { stream: 1, run: 1 }, { id: 'run-1' });
    await until(() => done.includes(1));
    await queue.enqueue('link', {}, { id: 'link' });
    await until(() => done.length === 3);
    expect(healed).toBe('redisUrl' in store().location ? 0 : 1);
  });

  it('asks running jobs to stop, waits for them, and leaves no connection behind', async () => {
    const queue = await made();
    let aborted = false;
    const runner = await run(queue, async (_data, { signal }) => {
      await new Promise<void>((done) => signal.addEventListener('abort', () => done()));
      aborted = true;
    });
    await queue.enqueue('link', {}, { id: 'long' });
    await until(() => runner.running === 1);
    await runner.stop();
    expect([aborted, runner.running]).toEqual([true, 0]);
    await queue.close();
    await until(async () => (await store().connections()) === store().idle);
  });

  it('does not wait for ever for a job that will not stop', async () => {
    const queue = await made();
    let release = (): void => undefined;
    const runner = await run(queue, () => new Promise<void>((done) => (release = done)));
    await queue.enqueue('link', {}, { id: 'deaf' });
    await until(() => runner.running === 1);
    await runner.stop(50);
    release();
    await store().lose();
  });
}

describe('the queue on PostgreSQL', () => {
  let db: TestDatabase;
  const store = (): Store => ({
    location: { postgresUrl: db.urlOf('queue') },
    idle: 0,
    dump: async () => JSON.stringify(await db.admin('SELECT * FROM queue.job')),
    lose: async () => void (await db.admin('DROP SCHEMA queue CASCADE')),
    connections: async () =>
      (
        await db.admin(
          `SELECT 1 FROM pg_stat_activity WHERE usename = 'isthmus_queue' AND backend_type = 'client backend'`,
        )
      ).length,
  });
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());
  contract(store);

  it('heals by itself, without being asked for anything, also when single tables are gone', async () => {
    const healed = [0, 0];
    const queues = [
      await JobQueue.open(store().location, { healed: () => (healed[0]! += 1) }),
      await JobQueue.open(store().location, { healed: () => (healed[1]! += 1) }),
    ] as const;
    const runners = queues.map((queue) => new JobRunner(queue));
    const seen: unknown[] = [];
    const handle: Handle = async (data) => void seen.push(data);
    for (const runner of runners) await runner.start(new Map([['link', { handle }]]) as unknown as Handlers);
    await db.admin('DROP TABLE queue.job CASCADE');
    await until(async () => (await db.admin(`SELECT to_regclass('queue.job') AS job`))[0]!['job'] !== null);
    await queues[1].enqueue('link', {}, { id: 'after' });
    await until(() => seen.length === 1);
    for (const runner of runners) await runner.stop();
    for (const queue of queues) await queue.close();
  });

  it('says so when the database cannot be reached', async () => {
    const url = store().location as { postgresUrl: string };
    const nowhere = new URL(url.postgresUrl);
    nowhere.port = '1';
    await expect(JobQueue.open({ postgresUrl: nowhere.toString() })).rejects.toMatchObject({
      code: 'QUEUE_UNREACHABLE',
    });
  });
});

(redisInstalled() ? describe : describe.skip)('the queue on Redis', () => {
  let redis: TestRedis;
  let client: Redis;
  beforeAll(async () => {
    redis = await testRedis();
    client = new Redis(redis.url);
  });
  afterAll(async () => {
    await client.quit();
    await redis.close();
  });
  contract(() => ({
    location: { redisUrl: redis.url },
    idle: 1,
    dump: async () => {
      const keys = await client.keys('isthmus:*');
      const hashes = await Promise.all(keys.map((key) => client.hgetall(key).catch(() => ({}))));
      return JSON.stringify(hashes);
    },
    lose: async () => void (await client.flushall()),
    connections: async () =>
      String(await client.client('LIST'))
        .trim()
        .split('\n').length,
  }));
});
