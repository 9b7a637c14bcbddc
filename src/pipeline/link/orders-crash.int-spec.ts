import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '../../../test/kit/postgres.js';
import type { Tx } from '../../platform/database/index.js';
import { Keyring } from '../../platform/keys/index.js';
import { decideReview } from './decide-review.js';
import { linkBatch } from './link-batch.js';
import { LinkService } from './link.service.js';
import { NodeIds } from './node-ids.js';
import type { Person } from './testing/link-all.js';
import { addSources, commitPage, linked, type Streams } from './testing/world.js';
import { undoLink } from './undo-link.js';

let db: TestDatabase;
let keyring: Keyring;
let streams: Streams;

beforeAll(async () => {
  db = await testDatabase();
  keyring = await Keyring.open(join(db.home, 'keys'));
  streams = await addSources(db.database);
});
afterAll(() => db.close());

const person = (source: string, names: string[]): Person => ({
  ...{ source, personKey: '1', names, aliases: [], births: [], sexes: [], ids: ['a'], phones: [], dwellings: [] },
});
const by = { actor: 'test', reason: '卷宗' };

/**
 * Runs a transaction whose server process dies just before its `nth` statement.
 * @returns true when it lived to its end, because it has fewer.
 */
async function dyingAt(nth: number, work: (tx: Tx) => Promise<unknown>): Promise<boolean> {
  let asked = 0;
  let dead = false;
  const watched = <F extends (...args: never[]) => unknown>(query: F, kill: () => Promise<unknown>): F =>
    (async (...args: Parameters<F>) => {
      if (++asked !== nth) return query(...args);
      dead = true;
      await kill().catch(() => undefined);
      throw new Error('the server process is gone');
    }) as never;
  const done = db.database.withContext('worker', { actor: 'test' }, async (tx) => {
    const kill = (): Promise<unknown> => tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    const client = new Proxy(tx.client, {
      get: (target, name) => {
        const value = Reflect.get(target, name) as unknown;
        if (name !== 'query') return typeof value === 'function' ? value.bind(target) : value;
        return (text: unknown, ...rest: unknown[]) => {
          // A COPY hands a stream to the client and gets it back: it is not waited for here.
          if (typeof (text as { submit?: unknown }).submit === 'function') return tx.client.query(text as never);
          return watched(() => tx.client.query(text as never, ...(rest as [])) as unknown as Promise<unknown>, kill)();
        };
      },
    });
    await work({ ...tx, client, query: watched((sql, params) => tx.query(sql, params), kill) as Tx['query'] });
  });
  await done.catch((error: unknown) => {
    if (!dead) throw error;
  });
  return !dead;
}

it('an order is given and carried out whole, wherever the work dies', async () => {
  await commitPage(db.database, keyring, streams, [person('police', ['王小明']), person('telecom', ['王小明'])]);
  await new LinkService(db.database, keyring).drain();
  const clusters = async (): Promise<number> => (await linked(db.database)).clusters.length;
  const count = async (table: string): Promise<number> =>
    (await db.admin<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]!.n;
  const [{ resident }] = (await db.admin<{ resident: string }>(
    'SELECT resident FROM data.resident_member LIMIT 1',
  )) as [{ resident: string }];
  const undo = (tx: Tx) => undoLink(tx, keyring, { ...by, resident, member: { source: 'telecom', personKey: '1' } });
  let statement = 1;
  // Until the order is given nothing of it is there.
  while (!(await dyingAt(statement, undo))) {
    expect([await count('data.link_order'), await count('data.link_verdict')]).toEqual([0, 0]);
    expect(await count('control.change_outbox')).toBe(0);
    statement += 1;
  }
  expect(statement).toBeGreaterThan(5);
  expect([await count('data.link_order'), await count('data.link_verdict')]).toEqual([1, 1]);

  // Until a batch has committed, the order waits and the links are what they were.
  statement = 1;
  const batch = (tx: Tx) => linkBatch(tx, keyring, new NodeIds(), 100);
  while (!(await dyingAt(statement, batch))) {
    expect(await clusters()).toBe(1);
    expect(await count('control.change_outbox')).toBe(2);
    statement += 1;
  }
  expect(statement).toBeGreaterThan(10);
  await new LinkService(db.database, keyring).drain();
  expect(await clusters()).toBe(2);
  expect([await count('control.change_outbox'), await count('data.link_order')]).toEqual([0, 1]);
  expect((await db.admin(`SELECT kind FROM data.resident_history`)).length).toBe(1);
});

it('a decision and the new state of its item are one', async () => {
  await commitPage(db.database, keyring, streams, [person('police', ['王小明']), person('telecom', ['李四'])]);
  await new LinkService(db.database, keyring).drain();
  const item = async () =>
    (
      await db.admin<{ id: string; state: string }>(
        `SELECT id, state FROM data.review_item WHERE reason = 'same-number-other-name'`,
      )
    )[0]!;
  const { id } = await item();
  let statement = 1;
  while (!(await dyingAt(statement, (tx) => decideReview(tx, keyring, { ...by, review: id, verdict: 'SAME' })))) {
    expect((await item()).state).toBe('open');
    statement += 1;
  }
  expect((await item()).state).toBe('decided');
  await new LinkService(db.database, keyring).drain();
  expect((await linked(db.database)).clusters).toHaveLength(1);
});
