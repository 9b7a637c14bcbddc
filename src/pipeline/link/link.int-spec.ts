import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '../../../test/kit/postgres.js';
import { Keyring } from '../../platform/keys/index.js';
import { nodeName } from './facts.js';
import { LinkService } from './link.service.js';
import { arbitraryPeople } from './testing/arbitrary-people.js';
import { linkAll, type Person } from './testing/link-all.js';
import { addSources, commitPage, emptyWorld, linked, type Streams } from './testing/world.js';

const SEED = 20261101;
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

describe('linking', () => {
  const police: Person = {
    ...{ source: 'police', personKey: 'p1', names: ['王小明'], aliases: [], births: ['1980-01-01'], sexes: ['1'] },
    ...{ ids: ['a'], phones: ['15400000000'], dwellings: ['990101|阳光|3|2|501'] },
  };
  const telecom: Person = { ...police, source: 'telecom', personKey: 't1', ids: [], dwellings: [] };
  const property: Person = {
    ...police,
    source: 'property',
    personKey: 'o1',
    ids: [],
    births: [],
    sexes: [],
    phones: [],
  };

  it('records a rule and the sources for each link', async () => {
    await commit([police, telecom, property]);
    await drain();
    const rows = await db.admin(`SELECT source, rule, reason FROM data.resident_member ORDER BY source`);
    expect(rows).toEqual([
      { source: 'police', rule: 'name-birth-phone', reason: { with: ['telecom'] } },
      { source: 'property', rule: 'name-dwelling', reason: { with: ['police'] } },
      { source: 'telecom', rule: 'name-birth-phone', reason: { with: ['police'] } },
    ]);
    expect((await linked(db.database)).clusters).toHaveLength(1);
  });

  it('links a holder once the address of his dwelling comes, and lets him go with it', async () => {
    const { dwellings: _none, ...holder } = property;
    const [home, stream] = [police.dwellings[0]!, streams.get('property')!];
    await commit([police, { ...holder, dwellings: [] }]);
    const system = `stream, key, n, version, run, recorded_at, hash`;
    const rest = `1, 1, 1, now(), '\\x01'`;
    await db.admin(
      `INSERT INTO data.property_occupancy (${system}, person_key, dwelling_key) VALUES (${stream}, 'rel', ${rest}, 'o1', 'room')`,
    );
    await drain();
    const clusters = async (): Promise<number> => (await linked(db.database)).clusters.length;
    expect(await clusters()).toBe(2);
    const change = `INSERT INTO control.change_outbox (stream, run, page, op, keys) VALUES (${stream}, 1, 1, 'upsert', '{room}')`;
    await db.admin(`INSERT INTO data.dwelling (${system}, address_key) VALUES (${stream}, 'room', ${rest}, '${home}')`);
    await db.admin(change);
    await drain();
    expect(await clusters()).toBe(1);
    await db.admin(`UPDATE data.dwelling SET gone_run = 2`);
    await db.admin(change);
    await drain();
    expect(await clusters()).toBe(2);
  });

  it('takes a record away from the person it spoke of before', async () => {
    const stream = streams.get('police')!;
    await commit([police, property, { ...police, personKey: 'p2', names: ['李四'], ids: ['b'], dwellings: [] }]);
    await drain();
    const before = (await linked(db.database)).clusters.length;
    await db.admin(
      `WITH old AS (UPDATE data.household_registration SET person_key = 'p2' WHERE key = 'p1/home0' RETURNING old.*)
       INSERT INTO data.household_registration_version (stream, key, part, n, version, run, recorded_at, missed, person_key, reversed, current, hash)
       SELECT stream, key, part, n, version, run, recorded_at, missed, person_key, reversed, current, hash FROM old`,
    );
    await db.admin(
      `INSERT INTO control.change_outbox (stream, run, page, op, keys) VALUES (${stream}, 1, 1, 'upsert', '{p1/home0}')`,
    );
    await drain();
    expect([before, (await linked(db.database)).clusters.length]).toEqual([2, 3]);
  });

  it('keeps ids through a split and a merge, and remembers both', async () => {
    // One source after the other: lanes side by side may make two residents first and then merge them.
    for (const one of [police, telecom, property]) {
      await commit([one]);
      await drain();
    }
    const residentOf = async (source: string): Promise<string> =>
      (
        await db.admin<{ resident: string }>(`SELECT resident FROM data.resident_member WHERE source = $1`, [source])
      )[0]!.resident;
    const first = await residentOf('police');
    await commit([{ ...telecom, phones: ['15400000001'] }]);
    await drain();
    expect(await residentOf('police')).toBe(first);
    expect(await residentOf('telecom')).not.toBe(first);
    await commit([telecom]);
    await drain();
    expect(await residentOf('telecom')).toBe(first);
    const kinds = await db.admin<{ kind: string }>('SELECT kind FROM data.resident_history ORDER BY id');
    expect(kinds.map((row) => row.kind)).toEqual(['split', 'merge']);
    const events = await db.admin<{ code: string }>('SELECT code FROM ledger.event ORDER BY at');
    expect(events.map((row) => row.code)).toEqual(
      expect.arrayContaining(['RESIDENT_SPLIT', 'RESIDENT_MERGED', 'LINK_DECIDED']),
    );
  });

  it('lets a person go with his records and gives the id back when they return', async () => {
    await commit([police]);
    await drain();
    const before = await db.admin('SELECT resident FROM data.resident_member');
    await commit([{ source: 'police', personKey: 'p1', gone: true }]);
    await drain();
    expect(await db.admin('SELECT 1 FROM data.resident_member')).toEqual([]);
    expect(await db.admin('SELECT 1 FROM data.match_key')).toEqual([]);
    await commit([police]);
    await drain();
    expect(await db.admin('SELECT resident FROM data.resident_member')).toEqual(before);
    expect(await db.admin('SELECT 1 FROM data.retired_id')).toEqual([]);
  });

  it('opens a review once and closes it when the doubt is gone', async () => {
    const other = { ...telecom, ids: ['a'], names: ['李四'] };
    await commit([police, other]);
    await drain();
    await commit([police]);
    await drain();
    expect(await db.admin('SELECT reason, state FROM data.review_item')).toEqual([
      { reason: 'same-number-other-name', state: 'open' },
    ]);
    await commit([{ ...other, ids: ['b'] }]);
    await drain();
    expect(await db.admin('SELECT state FROM data.review_item')).toEqual([{ state: 'closed' }]);
    await commit([other]);
    await drain();
    expect(await db.admin('SELECT state, closed_at FROM data.review_item')).toEqual([
      { state: 'open', closed_at: null },
    ]);
  });

  it('lets a key go that too many share, also for those it had linked', async () => {
    const crowd = Array.from({ length: 21 }, (_, i) => ({ ...telecom, source: 'police', personKey: `c${i}` }));
    await commit([telecom, police]);
    await drain();
    expect((await linked(db.database)).clusters).toHaveLength(1);
    await commit(crowd);
    await drain();
    expect(await linked(db.database)).toEqual(linkAll([telecom, police, ...crowd]));
    await commit(crowd.slice(1).map(({ source, personKey }) => ({ source, personKey, gone: true as const })));
    await drain();
    expect(await linked(db.database)).toEqual(linkAll([telecom, police, crowd[0]!]));
  });
});

describe('whatever the order', () => {
  it('comes to the clusters of all records at once, after pages, changes and deletions, one worker or four', async () => {
    const steps = arbitraryPeople(18).chain((people) =>
      fc.record({
        people: fc.constant(people),
        first: fc.shuffledSubarray(people, { minLength: people.length }),
        later: arbitraryPeople(10),
        gone: fc.subarray(people, { maxLength: Math.min(4, people.length) }),
        page: fc.integer({ min: 1, max: 7 }),
        workers: fc.constantFrom(1, 4),
      }),
    );
    await fc.assert(
      fc.asyncProperty(steps, async ({ first, later, gone, page, workers }) => {
        await emptyWorld(db.admin);
        const live = new Map<string, Person>();
        const run = async (): Promise<void> => {
          await Promise.all(Array.from({ length: workers }, () => drain(3)));
        };
        for (let at = 0; at < first.length; at += page) {
          await commit(first.slice(at, at + page));
          if (at % 2 === 0) await run();
        }
        await run();
        await commit(gone.map(({ source, personKey }) => ({ source, personKey, gone: true as const })));
        for (const person of later) await commit([person]);
        await run();
        for (const person of first) live.set(nodeName(person), person);
        for (const person of gone) live.delete(nodeName(person));
        for (const person of later) live.set(nodeName(person), person);
        expect(await linked(db.database)).toEqual(linkAll([...live.values()]));
      }),
      { seed: SEED, numRuns: 25 },
    );
  });
});
