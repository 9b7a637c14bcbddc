import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres, type RunningPostgres } from '../../../../platform/embedded-postgres/index.js';
import type { AdapterManifest, Page, SourceConnection } from '../../contract.js';
import { openSource } from '../../open-source.js';
import { findMariadb, startMariadb, type RunningMariadb } from './testing.js';

const signal = new AbortController().signal;
const mariadb = findMariadb();
// eslint-disable-next-line no-restricted-properties -- a test asks the machine, not the program's settings
if (!mariadb && process.env['CI'] === 'true')
  throw new Error('CI=true and no mariadbd: install mariadb-server-core and mariadb-client-core');
if (!mariadb)
  process.stderr.write(
    'SKIPPED sql connector on MariaDB: no mariadbd on this machine (install mariadb-server-core and mariadb-client-core)\n',
  );

const TABLE =
  'create table owner (member_id varchar(30), name varchar(60), n bigint, amount decimal(20,4), born date, seen_at timestamp null, note varchar(20))';
const ROWS = Array.from({ length: 25 }, (_, i) => {
  const name = i === 3 ? '𠮷田"\\' : `张${i}`;
  const values = `'77${String(i).padStart(4, '0')}', '${name.replaceAll('\\', 'ESC')}', ${9007199254740993n + BigInt(i)}, 12.5000, '1950-01-02', '2026-01-02 03:04:05', ${i % 2 ? 'null' : "''"}`;
  return `insert into owner values (${values})`;
});

interface Engine {
  name: string;
  settings: Record<string, unknown>;
  run(...statements: string[]): Promise<void>;
}

const home = mkdtempSync(join(tmpdir(), 'isthmus-sql-'));
const running: { postgres?: RunningPostgres; mariadb?: RunningMariadb } = {};
const engines: Record<string, Engine> = {};

beforeAll(async () => {
  const postgres = await startPostgres({ dataDir: join(home, 'pg'), password: 'test-only' });
  running.postgres = postgres;
  engines['postgresql'] = {
    name: 'postgresql',
    settings: {
      engine: 'postgresql',
      host: '127.0.0.1',
      port: postgres.port,
      database: 'postgres',
      user: 'gateway',
      password: 'p w',
    },
    run: async (...statements) => {
      const client = new pg.Client({ connectionString: postgres.url() });
      await client.connect();
      for (const statement of statements) await client.query(statement);
      await client.end();
    },
  };
  await engines['postgresql'].run(
    TABLE,
    ...ROWS,
    "update owner set name = replace(name, 'ESC', chr(92))",
    "create role gateway login password 'p w'",
    'grant select on owner to gateway',
    'create table secret (a int)',
  );
  if (!mariadb) return;
  const server = await startMariadb(mariadb, join(home, 'maria'));
  running.mariadb = server;
  engines['mariadb'] = {
    name: 'mariadb',
    settings: {
      engine: 'mariadb',
      host: '127.0.0.1',
      port: server.port,
      database: 'hc',
      user: 'gateway',
      password: 'p w',
    },
    run: (...statements) => server.run('use hc', "set time_zone = '+08:00'", ...statements),
  };
  await server.run(
    'create database hc character set utf8mb4',
    "create user gateway identified by 'p w'",
    'set global sql_mode = concat(@@sql_mode, ",NO_BACKSLASH_ESCAPES")',
  );
  await engines['mariadb'].run(
    TABLE,
    ...ROWS,
    "update owner set name = replace(name, 'ESC', char(92))",
    'grant select on hc.owner to gateway',
    'create table secret (a int)',
  );
});
afterAll(async () => {
  await running.postgres?.stop();
  await running.mariadb?.stop();
  rmSync(home, { recursive: true, force: true });
});

const connect = (
  engine: Engine,
  sql: object,
  settings: object = {},
  mode = 'snapshotDiff',
): Promise<SourceConnection> =>
  openSource(
    {
      id: 'test',
      connector: 'sql',
      streams: [{ name: 's', mode, key: ['member_id'], sql }],
    } as unknown as AdapterManifest,
    { ...engine.settings, ...settings },
  );
async function pages(
  connection: SourceConnection,
  pageSize: number,
  checkpoint: string | null = null,
): Promise<Page[]> {
  const found: Page[] = [];
  for await (const page of connection.read({ stream: 's', checkpoint, pageSize, signal })) found.push(page);
  return found;
}
const values = (connection: SourceConnection, found: Page[], field: string): unknown[] =>
  found.flatMap((page) => page.records.map((record) => connection.parse('s', record)[field]));

const ALL = { select: 'select * from owner', orderBy: 'member_id' };

describe.each(['postgresql', ...(mariadb ? ['mariadb'] : [])])('sql connector on %s', (name) => {
  const engine = (): Engine => engines[name]!;

  it('pages by key, counts, and gives each value as the server writes it', async () => {
    const connection = await connect(engine(), ALL);
    const found = await pages(connection, 10);
    expect(found.map((page) => [page.records.length, page.last, page.expectedTotal])).toEqual([
      [10, false, 25],
      [10, false, 25],
      [5, true, 25],
    ]);
    expect(connection.parse('s', found[0]!.records[3]!)).toEqual({
      member_id: '770003',
      name: '𠮷田"\\',
      n: '9007199254740996',
      amount: '12.5000',
      born: '1950-01-02',
      seen_at: '2026-01-02 03:04:05',
      note: null,
    });
    expect(Buffer.from(found[0]!.records[0]!).toString()).toBe(
      '["770000","张0","9007199254740993","12.5000","1950-01-02","2026-01-02 03:04:05",""]',
    );
    const types = Object.fromEntries(
      (await connection.discover(signal))[0]!.fields.map((field) => [field.name, field.type]),
    );
    expect(types).toEqual({
      member_id: 'text',
      name: 'text',
      n: 'integer',
      amount: 'decimal',
      born: 'date',
      seen_at: 'timestamp',
      note: 'text',
    });
    expect(await connection.check(signal)).toMatchObject({ ok: true });
  });

  it('resumes at each checkpoint, repeating the last row at most, by a text key and by a number beyond 2^53', async () => {
    for (const orderBy of ['member_id', 'n', ['note', 'member_id']]) {
      const connection = await connect(engine(), {
        select: 'select * from owner where note is not null or 1 = 1',
        orderBy,
      });
      if (Array.isArray(orderBy)) {
        await expect(pages(connection, 4)).rejects.toMatchObject({ code: 'CONNECTOR_KEY_NULL' });
        continue;
      }
      const whole = await pages(connection, 4);
      for (const [index, page] of whole.slice(0, -1).entries()) {
        const rest = values(connection, whole.slice(index + 1), 'member_id');
        const resumed = values(connection, await pages(connection, 4, page.checkpoint), 'member_id');
        expect(resumed.slice(-rest.length)).toEqual(rest);
        expect(resumed.length - rest.length).toBeLessThanOrEqual(1);
      }
    }
  });

  it('leaves out no row where the order is not unique', async () => {
    const connection = await connect(engine(), { select: "select member_id, 'same' as k from owner", orderBy: 'k' });
    const found = await pages(connection, 10);
    expect(new Set(values(connection, found, 'member_id')).size).toBe(25);
    const pair = await connect(engine(), {
      select: "select member_id, coalesce(note, '0') as k from owner",
      orderBy: ['k', 'member_id'],
    });
    expect(new Set(values(pair, await pages(pair, 3), 'member_id')).size).toBe(25);
  });

  it('goes on from the cursor in an incremental stream, without a count', async () => {
    const connection = await connect(engine(), ALL, {}, 'incremental');
    const first = await pages(connection, 100);
    expect(first[0]!.expectedTotal).toBeUndefined();
    await engine().run("insert into owner (member_id, name) values ('779999', '新')");
    const next = await pages(connection, 100, first.at(-1)!.checkpoint);
    expect(values(connection, next, 'member_id').filter((id) => id !== '770024')).toEqual(['779999']);
    await engine().run("delete from owner where member_id = '779999'");
  });

  it.each<[string, object, object]>([
    ['CONNECTOR_AUTH', ALL, { password: 'wrong' }],
    ['CONNECTOR_DATABASE', ALL, { database: 'nowhere' }],
    ['CONNECTOR_UNREACHABLE', ALL, { port: 1 }],
    ['CONNECTOR_OBJECT_FORBIDDEN', { select: 'select a from secret', orderBy: 'a' }, {}],
    ['CONNECTOR_OBJECT_MISSING', { select: 'select gone from owner', orderBy: 'gone' }, {}],
    [
      'CONNECTOR_QUERY',
      { select: 'select member_id from owner) as s; drop table owner; select (1', orderBy: 'member_id' },
      {},
    ],
    ['CONNECTOR_KEY_COLUMN', { select: 'select name from owner', orderBy: 'member_id' }, {}],
    [
      'CONNECTOR_COLUMN_TWICE',
      { select: 'select a.member_id, b.member_id from owner a join owner b on a.n = b.n', orderBy: 'member_id' },
      {},
    ],
  ])('%s for %j %j', async (code, sql, settings) => {
    const connection = await connect(engine(), sql, settings);
    await expect(pages(connection, 10)).rejects.toMatchObject({
      code: expect.stringMatching(
        code === 'CONNECTOR_COLUMN_TWICE' ? /COLUMN_TWICE|QUERY/ : new RegExp(`^${code}$`),
      ) as unknown,
    });
    if (code !== 'CONNECTOR_KEY_COLUMN') expect(await connection.check(signal)).toMatchObject({ ok: false });
  });

  it('stops at once when told to', async () => {
    const connection = await connect(engine(), ALL);
    const stop = new AbortController();
    const reading = (async () => {
      for await (const _ of connection.read({ stream: 's', checkpoint: null, pageSize: 5, signal: stop.signal }))
        stop.abort();
    })();
    await expect(reading).rejects.toThrow(/abort/i);
  });
});

if (mariadb)
  it('loses no row to a collation that takes a and A for the same', async () => {
    await engines['mariadb']!.run(
      'create table ci (k varchar(9) collate utf8mb4_general_ci)',
      "insert into ci values ('a'),('A'),('b'),('B'),('c')",
      'grant select on hc.ci to gateway',
    );
    const connection = await connect(engines['mariadb']!, { select: 'select k from ci', orderBy: 'k' });
    const found = await pages(connection, 1);
    expect(new Set(values(connection, found, 'k'))).toEqual(new Set(['a', 'A', 'b', 'B', 'c']));
  });
