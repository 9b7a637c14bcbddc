import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '../../../test/kit/postgres.js';
import { Keyring } from '../../platform/keys/index.js';
import { LinkService } from './link.service.js';
import type { Person } from './testing/link-all.js';
import { addSources, commitPage, emptyWorld, type Streams } from './testing/world.js';
import { residentLinks, undoLink } from './undo-link.js';

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

const person = (source: string, personKey: string, id: string): Person => ({
  ...{ source, personKey, names: ['王小明'], aliases: [], births: [], sexes: [], ids: [id], phones: [], dwellings: [] },
});
/** One after the other, so that each has a resident of its own before the next comes. */
const arrive = async (...people: Person[]): Promise<void> => {
  for (const one of people) {
    await commitPage(db.database, keyring, streams, [one]);
    await new LinkService(db.database, keyring).drain();
  }
};
const residentOf = async (source: string): Promise<string> =>
  (await db.admin<{ resident: string }>(`SELECT resident FROM data.resident_member WHERE source = $1`, [source]))[0]!
    .resident;
const undo = async (source: string, personKey: string): Promise<void> => {
  const resident = await residentOf(source);
  await db.database.withContext('worker', { actor: 'test' }, (tx) =>
    undoLink(tx, keyring, { actor: 'test', reason: '卷宗', resident, member: { source, personKey } }),
  );
  await new LinkService(db.database, keyring).drain();
};
const leadsTo = async (id: string): Promise<string | undefined> =>
  (await db.database.withContext('worker', { actor: 'test' }, (tx) => residentLinks(tx, id)))[0]?.resident;

it('the older id survives a merge, the other leads to it, and parting gives it back', async () => {
  await arrive(person('police', 'p', 'a'), person('telecom', 't', 'b'));
  const [older, younger] = [await residentOf('police'), await residentOf('telecom')];
  await arrive(person('telecom', 't', 'a'));
  expect(await residentOf('telecom')).toBe(older);
  expect(await leadsTo(younger)).toBe(older);
  await undo('telecom', 't');
  expect(await residentOf('telecom')).toBe(younger);
  expect(await residentOf('police')).toBe(older);
  expect(await leadsTo(younger)).toBe(younger);
  expect(await db.admin('SELECT 1 FROM data.resident_redirect')).toEqual([]);
  const kinds = await db.admin<{ kind: string }>('SELECT kind FROM data.resident_history ORDER BY id');
  expect(kinds.map(({ kind }) => kind)).toEqual(['merge', 'split']);
});

it('an id leads to the last survivor, never by way of a closed one', async () => {
  await arrive(person('police', 'p', 'a'), person('telecom', 't', 'b'), person('civil', 'c', 'c'));
  const [first, second, third] = [await residentOf('police'), await residentOf('telecom'), await residentOf('civil')];
  await arrive(person('civil', 'c', 'b'));
  expect(await leadsTo(third)).toBe(second);
  await arrive(person('civil', 'c', 'a'), person('telecom', 't', 'a'));
  expect(await leadsTo(second)).toBe(first);
  expect(await leadsTo(third)).toBe(first);
});

it('the larger part keeps the id, of equals the older', async () => {
  await arrive(person('police', 'p', 'a'), person('telecom', 't', 'a'), person('civil', 'c', 'a'));
  const id = await residentOf('police');
  // Two leave together with a number of their own: they are the larger part.
  await commitPage(db.database, keyring, streams, [person('telecom', 't', 'b')]);
  await commitPage(db.database, keyring, streams, [person('civil', 'c', 'b')]);
  await new LinkService(db.database, keyring, { lanes: 1 }).drain();
  const parted = [await residentOf('police'), await residentOf('telecom'), await residentOf('civil')];
  expect(parted[1]).toBe(parted[2]);
  expect(parted[0]).not.toBe(parted[1]);
  await emptyWorld(db.admin);
  await arrive(person('telecom', 't', 'a'), person('civil', 'c', 'a'));
  const two = await residentOf('civil');
  await arrive(person('civil', 'c', 'z'));
  expect(await residentOf('telecom')).toBe(two);
  expect(id).not.toBe(two);
});

it('a member keeps the time of its entry while it stays, and the history keeps it when it goes', async () => {
  await arrive(person('police', 'p', 'a'));
  const [entry] = await db.admin<{ linked_at: Date }>(`SELECT linked_at FROM data.resident_member`);
  await arrive(person('telecom', 't', 'a'));
  expect(await db.admin(`SELECT linked_at, run, rule FROM data.resident_member WHERE source = 'police'`)).toEqual([
    { ...entry, run: 1, rule: 'full-id' },
  ]);
  await arrive(person('police', 'p', 'b'));
  expect(await db.admin(`SELECT kind, source, joined_at, joined_run, run FROM data.resident_history`)).toMatchObject([
    { kind: 'split', joined_run: 1, run: 1 },
  ]);
});
