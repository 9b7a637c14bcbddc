import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { freePort, startPostgres, type RunningPostgres } from '../../src/platform/embedded-postgres/index.js';
import { JobQueue } from '../../src/platform/queue/index.js';
import { Compose, type Container } from '../kit/compose.js';
import { redisInstalled } from '../kit/redis.js';
import { syntheticId } from '../kit/sync-bench.js';
import { until } from '../kit/until.js';

// Seven processes of the program on a machine that may have two cores.
jest.setTimeout(600_000);

/** Long enough for a machine that is busy with other tests: a lease that runs out by itself would be a second taking. */
const LEASE_SECONDS = 15;
/** How much longer than the lease a dead worker's streams may stand still. */
const GRACE_SECONDS = 5;
const SOURCES = ['ledger-1', 'ledger-2', 'ledger-3', 'ledger-4'];
const ROWS = 3000;
const PAGE = 20;

const character = (at: number): string => String.fromCodePoint(0x4e00 + at);

interface Held {
  source: string;
  stream: number;
  owner: string;
  epoch: number;
}

(redisInstalled() ? describe : describe.skip)('deploy/compose.yaml as processes', () => {
  const home = mkdtempSync(join(tmpdir(), 'isthmus-scale-'));
  const compose = new Compose(home, {
    ISTHMUS_LEASE_SECONDS: String(LEASE_SECONDS),
    ISTHMUS_SYNC_PAGE: String(PAGE),
    ISTHMUS_LANG: 'en',
  });
  let postgres: RunningPostgres;
  let pool: pg.Pool;
  let redisUrl = '';
  let apis: Container[] = [];
  let workers: Container[] = [];
  let vendor = '';
  let department = '';

  const admin = async <T extends pg.QueryResultRow>(sql: string, params?: unknown[]): Promise<T[]> =>
    (await pool.query<T>(sql, params)).rows;
  /** A command as `docker compose run --rm init …` gives it. */
  const command = async (...words: string[]): Promise<string> => {
    const [one] = await compose.up('init', words);
    const ended = await one!.exited;
    if (ended !== 0) throw new Error(`${words.join(' ')} ended with ${ended}:\n${one!.output}`);
    return one!.output;
  };
  const ask = async (api: Container, token: string, query: string, purpose = false): Promise<unknown> => {
    const answer = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${token}`,
        ...(purpose ? { 'X-Isthmus-Purpose': 'residence-check', 'X-Isthmus-Case': 'TEST-1' } : {}),
      },
      body: JSON.stringify({ query }),
    });
    const body = (await answer.json()) as { data?: unknown; errors?: unknown };
    if (body.errors) throw new Error(JSON.stringify(body.errors));
    return body.data;
  };
  /** Streams under a lease now. */
  const held = (): Promise<Held[]> =>
    admin<Held>(
      `SELECT source, id AS stream, owner, epoch::int FROM control.stream WHERE owner IS NOT NULL AND lease_until > clock_timestamp()`,
    );
  const epochs = async (): Promise<Map<number, number>> =>
    new Map(
      (await admin<Held>(`SELECT id AS stream, epoch::int FROM control.stream`)).map((one) => [one.stream, one.epoch]),
    );

  beforeAll(async () => {
    const { environment, image } = compose.service('postgres');
    const [user, database] = [environment!['POSTGRES_USER']!, environment!['POSTGRES_DB']!];
    const [password, redisPassword] = [randomBytes(12).toString('hex'), randomBytes(12).toString('hex')];
    compose.secret('postgres-password', password);
    compose.secret('redis-password', redisPassword);
    expect(image).toBe('postgres:18');
    postgres = await startPostgres({
      ...{
        dataDir: join(home, 'pg'),
        superuser: user,
        password: compose.secretOf('postgres', 'POSTGRES_PASSWORD_FILE'),
      },
      settings: { max_connections: '300', fsync: 'off' },
    });
    const client = new pg.Client({ connectionString: postgres.url() });
    await client.connect();
    await client.query(`CREATE DATABASE ${database}`);
    await client.end();
    pool = new pg.Pool({ connectionString: postgres.url(database), max: 3 });
    pool.on('error', () => undefined);
    compose.secret('database-url', `postgresql://${user}:${password}@127.0.0.1:${postgres.port}/${database}`);
    const redisPort = await freePort();
    redisUrl = `redis://:${redisPassword}@127.0.0.1:${redisPort}`;
    compose.secret('redis-url', redisUrl);
    const own = `redis-server - --port ${redisPort} --bind 127.0.0.1 --dir ${home}`;
    compose.upOther('redis', (word) => word.replace('redis-server -', own));
    await command(...compose.service('init').command);
    [apis, workers] = await Promise.all([compose.up('api'), compose.up('worker')]);
    await Promise.all([...apis, ...workers].map((one) => one.healthy()));
    const person = ['--unit', '测试街道', '--person', '经办', '--expires', '1d'];
    [vendor, department] = (
      await Promise.all(['vendor', 'department'].map((role) => command('token', 'issue', '--role', role, ...person)))
    ).map((output) => /isth_\S+/.exec(output)![0]) as [string, string];
    for (const [index, source] of SOURCES.entries()) {
      const directory = join(home, source);
      mkdirSync(directory);
      const lines = Array.from(
        { length: ROWS },
        (_, at) => `测${character(at)}${character(index)},${syntheticId(index * ROWS + at)},男,`,
      );
      writeFileSync(join(directory, 'ledger.csv'), `姓名,身份证号,性别,联系电话\n${lines.join('\n')}\n`);
      await command('source', 'add', source, '--adapter', 'example-csv', '--set', `directory=${directory}`);
    }
  });
  afterAll(async () => {
    await compose.down();
    await pool?.end();
    await postgres?.stop('immediate');
    rmSync(home, { recursive: true, force: true });
  });

  it('is two api and four workers on one database, one Redis and one set of keys', async () => {
    expect([apis.length, workers.length]).toEqual([2, 4]);
    expect(readdirSync(join(home, 'keys'))).toEqual(['keyring.json']);
    expect(new Set([...apis, ...workers].map((one) => one.environment['ISTHMUS_DATA_DIR'])).size).toBe(6);
    const [row] = await admin<{ keys: string | null }>(`SELECT to_regclass('queue.job')::text AS keys`);
    expect(row!.keys).toBeNull();
  });

  it('runs four streams at once, each once, and gives a killed worker’s streams to others in time', async () => {
    // Both api are asked for every source at the same time, and every run's wake-up is sent again under other ids.
    await Promise.all(
      apis.flatMap((api) =>
        SOURCES.map((source) => ask(api, vendor, `mutation { startSync(source: "${source}") { id } }`)),
      ),
    );
    const runs = await admin<{ run: number; stream: number }>(`SELECT id AS run, stream FROM control.sync_run`);
    expect(runs).toHaveLength(4);
    const queue = await JobQueue.open({ redisUrl });
    for (const { run, stream } of runs)
      for (const again of [1, 2, 3])
        await queue.enqueue('sync-stream', { stream, run }, { id: `again-${stream}-${again}` });
    await queue.close();

    const all = await until('four streams at once', async () => {
      const now = await held();
      return now.length === 4 ? now : null;
    });
    expect(new Set(all.map((one) => one.source)).size).toBe(4);
    expect(all.every((one) => one.epoch === 1)).toBe(true);

    const victim = workers.find((one) => all[0]!.owner.endsWith(`:${one.child.pid}`))!;
    victim.child.kill('SIGKILL');
    const since = performance.now();
    await victim.exited;
    const orphans = (await held()).filter((one) => one.owner.endsWith(`:${victim.child.pid}`));
    expect(orphans.length).toBeGreaterThan(0);
    await until(
      'others to hold the streams',
      async () => {
        const now = await epochs();
        return orphans.every((one) => now.get(one.stream)! > one.epoch);
      },
      { seconds: 60 },
    );
    expect((performance.now() - since) / 1000).toBeLessThanOrEqual(LEASE_SECONDS + GRACE_SECONDS);

    await until(
      'all runs to end',
      async () => {
        const [row] = await admin<{ open: number }>(
          `SELECT count(*)::int AS open FROM control.sync_run WHERE state IN ('QUEUED', 'RUNNING')`,
        );
        return row!.open === 0;
      },
      { seconds: 240 },
    );
    const ended = await admin(
      `SELECT r.source, r.state, r.balanced, r.read::int, r.live_after::int AS live,
              (SELECT count(*)::int FROM control.run_page p WHERE p.run = r.id) AS pages
       FROM control.sync_run r ORDER BY r.source`,
    );
    expect(ended).toEqual(
      SOURCES.map((source) => ({
        ...{ source, state: 'SUCCEEDED', balanced: true, read: ROWS, live: ROWS },
        pages: ROWS / PAGE,
      })),
    );
    // Taken once each, and once more where the holder was killed: the many wake-ups found the stream busy.
    const taken = new Map(orphans.map((one) => [one.stream, 2]));
    for (const [stream, epoch] of await epochs()) expect([stream, epoch]).toEqual([stream, taken.get(stream) ?? 1]);
  });

  it('answers alike from every api, and every process tells its metrics', async () => {
    await until(
      'the changes to be linked',
      async () => {
        const [row] = await admin<{ left: number }>(
          `SELECT (SELECT count(*) FROM control.change_outbox)::int + (SELECT count(*) FROM control.unify_outbox)::int AS left`,
        );
        return row!.left === 0;
      },
      { seconds: 240 },
    );
    const question = `{ residents(filter: { namePrefix: "测${character(37)}" }, first: 3) { nodes { id name provenance { source } } totalCount } }`;
    const answers = await Promise.all(apis.map((api) => ask(api, department, question, true)));
    expect(answers[0]).toMatchObject({ residents: { totalCount: 4 } });
    expect(answers[1]).toEqual(answers[0]);
    const alive = [...apis, ...workers].filter((one) => one.running);
    expect(alive).toHaveLength(5);
    const texts = await Promise.all(alive.map(async (one) => (await fetch(`${one.url}/metrics`)).text()));
    expect(texts.every((text) => text.includes('isthmus_source_up{source="ledger-1"}'))).toBe(true);
    const counted = texts.map((text) => [...text.matchAll(/^isthmus_sync_records_total\{.*outcome="read"\} (\d+)/gm)]);
    expect(counted.flat().length).toBeGreaterThanOrEqual(2);
  });
});
