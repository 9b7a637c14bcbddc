import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '../../../test/kit/postgres.js';
import { Keyring } from '../../platform/keys/index.js';
import { decideReview } from './decide-review.js';
import { nodeName } from './facts.js';
import { LinkService } from './link.service.js';
import { arbitraryPeople } from './testing/arbitrary-people.js';
import { evidenceOf, linkAll, type Person, type Said } from './testing/link-all.js';
import { addSources, commitPage, emptyWorld, linked, type Streams } from './testing/world.js';
import { undoLink } from './undo-link.js';
import { VERDICTS, type Verdict } from './verdict.js';

const SEED = 20261124;
let db: TestDatabase;
let keyring: Keyring;
let streams: Streams;

beforeAll(async () => {
  db = await testDatabase();
  keyring = await Keyring.open(join(db.home, 'keys'));
  streams = await addSources(db.database);
});
beforeEach(() => emptyWorld(db.admin));
afterAll(() => db.close());

const commit = (page: readonly (Person | { source: string; personKey: string; gone: true })[]) =>
  commitPage(db.database, keyring, streams, page);
const drain = (batchSize = 5000) => new LinkService(db.database, keyring, { batchSize }).drain();
const order = { actor: 'steward-1', unit: '测试单位', reason: '卷宗 12 号' };
const transact = <T>(work: Parameters<typeof db.database.withContext<T>>[2]): Promise<T> =>
  db.database.withContext('worker', { actor: 'test' }, work);
const undo = (resident: string, source: string, personKey: string) =>
  transact((tx) => undoLink(tx, keyring, { ...order, resident, member: { source, personKey } }));
const decide = (review: string, verdict: Verdict) =>
  transact((tx) => decideReview(tx, keyring, { ...order, review, verdict }));
const residentOf = async (source: string): Promise<string> =>
  (await db.admin<{ resident: string }>(`SELECT resident FROM data.resident_member WHERE source = $1`, [source]))[0]!
    .resident;
const reviews = () =>
  db.admin<{ id: string; reason: string; state: string }>('SELECT id, reason, state FROM data.review_item ORDER BY id');
const clusters = async (): Promise<number> => (await linked(db.database)).clusters.length;

const police: Person = {
  ...{ source: 'police', personKey: 'p1', names: ['王小明'], aliases: [], births: ['1980-01-01'], sexes: ['1'] },
  ...{ ids: ['a'], phones: ['15400000000'], dwellings: [] },
};
const telecom: Person = { ...police, source: 'telecom', personKey: 't1' };
const civil: Person = { ...police, source: 'civil', personKey: 'c1' };

describe('undo of a link', () => {
  beforeEach(async () => {
    for (const one of [police, telecom, civil]) {
      await commit([one]);
      await drain();
    }
  });

  it('takes the member out, remembers it and never makes the link again', async () => {
    const resident = await residentOf('police');
    const given = await undo(resident, 'telecom', 't1');
    expect(given).toMatchObject({ kind: 'undo', verdict: 'DIFFERENT', residents: [resident], pairs: 2 });
    await drain();
    expect(await residentOf('police')).toBe(resident);
    expect(await residentOf('civil')).toBe(resident);
    expect(await residentOf('telecom')).not.toBe(resident);
    // Every source delivers everything again; records go and come back.
    await commit([police, telecom, civil]);
    await drain();
    await commit([{ source: 'telecom', personKey: 't1', gone: true }]);
    await drain();
    await commit([telecom]);
    await drain();
    expect(await clusters()).toBe(2);
    expect(await reviews()).toEqual([]);
    const events = await db.admin<{ code: string; body: string }>(
      `SELECT code, convert_from(body, 'UTF8') AS body FROM ledger.event WHERE code = 'LINK_UNDONE'`,
    );
    expect(JSON.parse(events[0]!.body)).toMatchObject({
      ...{ actor: order.actor, unit: order.unit, reason: order.reason, source: 'telecom' },
      subjects: [keyring.pseudonym(resident)],
    });
  });

  it('asks again once what was compared is another, and still keeps them apart', async () => {
    await undo(await residentOf('police'), 'telecom', 't1');
    await drain();
    await commit([{ ...telecom, sexes: [] }]);
    await drain();
    expect(await clusters()).toBe(2);
    expect(await reviews()).toMatchObject([{ reason: 'decided-apart', state: 'open' }]);
    const [item] = await reviews();
    await decide(item!.id, 'SAME');
    await drain();
    expect(await clusters()).toBe(1);
    expect(await reviews()).toMatchObject([{ state: 'decided' }]);
  });

  it('refuses what is not there, what stands alone and what tells a number', async () => {
    const resident = await residentOf('police');
    await expect(undo(resident, 'telecom', 'other')).rejects.toMatchObject({ code: 'LINK_UNKNOWN' });
    await undo(resident, 'telecom', 't1');
    await drain();
    await expect(undo(await residentOf('telecom'), 'telecom', 't1')).rejects.toMatchObject({ code: 'LINK_ONLY_ONE' });
    for (const reason of ['', '号码 990101 1980 0101 0010', 'x'.repeat(401)])
      await expect(
        transact((tx) =>
          undoLink(tx, keyring, { ...order, reason, resident, member: { source: 'civil', personKey: 'c1' } }),
        ),
      ).rejects.toMatchObject({ code: 'LINK_REASON_UNFIT' });
  });

  it('is carried out though the worker dies between the order and the links', async () => {
    await undo(await residentOf('police'), 'telecom', 't1');
    const dead = new AbortController();
    dead.abort();
    await new LinkService(db.database, keyring).drain(dead.signal);
    // A batch that was under way when its server died.
    await expect(
      db.database.withContext('worker', { actor: 'test' }, async (tx) => {
        await tx.query(`DELETE FROM control.change_outbox`);
        await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
      }),
    ).rejects.toThrow();
    expect(await clusters()).toBe(1);
    await drain();
    expect(await clusters()).toBe(2);
  });
});

describe('decisions about doubts', () => {
  const namesake: Person = { ...telecom, names: ['李四'], births: [], phones: [] };
  beforeEach(async () => {
    await commit([police, namesake]);
    await drain();
  });
  const item = async (): Promise<string> => (await reviews())[0]!.id;

  it('SAME joins, DIFFERENT parts, and a decision can be changed', async () => {
    expect(await clusters()).toBe(2);
    for (const [verdict, count] of [
      ['SAME', 1],
      ['DIFFERENT', 2],
      ['UNCLEAR', 2],
      ['SAME', 1],
    ] as const) {
      await decide(await item(), verdict);
      await drain();
      expect(await clusters()).toBe(count);
      expect(await reviews()).toMatchObject([{ state: 'decided' }]);
    }
    await commit([police, namesake]);
    await drain();
    expect(await reviews()).toMatchObject([{ state: 'decided' }]);
  });

  it('a decided pair returns only when its evidence changed', async () => {
    await decide(await item(), 'DIFFERENT');
    await drain();
    await commit([{ ...namesake, phones: ['15400000009'] }]);
    await drain();
    expect(await reviews()).toMatchObject([{ state: 'decided' }]);
    await commit([{ ...namesake, births: ['1999-09-09'] }]);
    await drain();
    expect(await reviews()).toMatchObject([{ state: 'open' }]);
    expect(await clusters()).toBe(2);
    await commit([namesake]);
    await drain();
    expect(await reviews()).toMatchObject([{ state: 'decided' }]);
  });

  it('a doubt that went away or never was is not decided', async () => {
    const id = await item();
    await commit([{ ...namesake, ids: ['b'] }]);
    await drain();
    await expect(decide(id, 'SAME')).rejects.toMatchObject({ code: 'REVIEW_CLOSED' });
    await expect(decide('01990000-0000-7000-8000-000000000000', 'SAME')).rejects.toMatchObject({
      code: 'REVIEW_UNKNOWN',
    });
  });

  it('of one record that says two things only its source can make two', async () => {
    await emptyWorld(db.admin);
    await commit([police]);
    await db.admin(
      `INSERT INTO data.person (stream, key, person_key, n, version, run, recorded_at, hash, id_number_index)
       SELECT stream, 'p1/9', 'p1', 1, 1, 1, now(), '\\x01', $1 FROM data.person`,
      [keyring.blindIndex('citizen-id', 'b')],
    );
    await drain();
    await expect(decide(await item(), 'DIFFERENT')).rejects.toMatchObject({ code: 'REVIEW_ONE_RECORD' });
    await decide(await item(), 'SAME');
    await drain();
    await commit([police]);
    expect(await reviews()).toMatchObject([{ reason: 'one-record-two-numbers', state: 'decided' }]);
  });
});

describe('whatever comes in whatever order', () => {
  it('links are what people and rules say together', async () => {
    const world = arbitraryPeople(14).chain((people) =>
      fc.record({
        people: fc.constant(people),
        later: arbitraryPeople(8),
        gone: fc.subarray(people, { maxLength: Math.min(3, people.length) }),
        picks: fc.array(fc.tuple(fc.nat(), fc.constantFrom(...VERDICTS), fc.boolean()), { minLength: 1, maxLength: 4 }),
        workers: fc.constantFrom(1, 3),
      }),
    );
    await fc.assert(
      fc.asyncProperty(world, async ({ people, later, gone, picks, workers }) => {
        await emptyWorld(db.admin);
        const live = new Map<string, Person>();
        const said = new Map<string, Said>();
        const run = () => Promise.all(Array.from({ length: workers }, () => drain(3)));
        const put = async (page: readonly Person[]): Promise<void> => {
          for (const one of page) {
            await commit([one]);
            live.set(nodeName(one), one);
          }
        };
        await put(people);
        await run();
        for (const [pick, verdict, early] of picks) {
          await give(pick, verdict, live, said);
          if (early) await run();
        }
        await put(later);
        await commit(gone.map(({ source, personKey }) => ({ source, personKey, gone: true as const })));
        for (const one of gone) live.delete(nodeName(one));
        await run();
        expect(await linked(db.database)).toEqual(linkAll([...live.values()], [...said.values()]));
        // Everybody looked at again comes to the same.
        await put([...live.values()].reverse());
        await run();
        expect(await linked(db.database)).toEqual(linkAll([...live.values()], [...said.values()]));
      }),
      { seed: SEED, numRuns: 15 },
    );
  });

  /** Decides an open doubt or undoes a link, and notes what that says. */
  async function give(pick: number, verdict: Verdict, live: Map<string, Person>, said: Map<string, Said>) {
    const open = (await reviews()).filter(({ state }) => state === 'open');
    const links = await db.admin<{ source: string; person_key: string; resident: string }>(
      `SELECT * FROM data.resident_member m WHERE (SELECT count(*) FROM data.resident_member o WHERE o.resident = m.resident) > 1 ORDER BY source, person_key`,
    );
    const doubt = open[pick % Math.max(1, open.length)];
    const link = links[pick % Math.max(1, links.length)];
    if (doubt && (pick % 2 === 0 || !link)) {
      await decide(doubt.id, verdict).catch((error: { code: string }) => expect(error.code).toBe('REVIEW_ONE_RECORD'));
    } else if (link) await undo(link.resident, link.source, link.person_key);
    const rows = await db.admin<Record<string, string>>(
      `SELECT * FROM data.link_verdict WHERE link_order = (SELECT id FROM data.link_order ORDER BY at DESC LIMIT 1)`,
    );
    for (const row of rows) {
      const a = nodeName({ source: row.a_source!, personKey: row.a_key! });
      const b = nodeName({ source: row.b_source!, personKey: row.b_key! });
      const evidence = evidenceOf(live.get(a)!, live.get(b)!);
      said.set(`${a}/${b}`, { a, b, verdict: row.verdict as Verdict, evidence });
    }
  }
});
