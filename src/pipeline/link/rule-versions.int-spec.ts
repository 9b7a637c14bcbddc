import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '../../../test/kit/postgres.js';
import { Keyring } from '../../platform/keys/index.js';
import { LinkService } from './link.service.js';
import { requeueChangedRules } from './rule-versions.js';
import { RULES } from './rules/index.js';
import { linkAll, type Person } from './testing/link-all.js';
import { addSources, commitPage, emptyWorld, linked, type Streams } from './testing/world.js';

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

const blank = { aliases: [], births: [], sexes: [], ids: [], phones: [], dwellings: [] };
const home = '990101|阳光|3|2|501';
const people: Person[] = [
  { ...blank, source: 'police', personKey: 'home', names: ['王小明'], dwellings: [home] },
  { ...blank, source: 'civil', personKey: 'home', names: ['王小明'], dwellings: [home] },
  { ...blank, source: 'police', personKey: 'number', names: ['李四'], ids: ['a'] },
  { ...blank, source: 'telecom', personKey: 'phone', names: ['赵六'], births: ['1980-01-01'], phones: ['154'] },
];
const compare = (raised?: string) =>
  db.database.withContext('worker', { actor: 'test' }, (tx) =>
    requeueChangedRules(
      tx,
      RULES.map((rule) => (rule.code === raised ? { ...rule, version: rule.version + 1 } : rule)),
    ),
  );
const queued = async (): Promise<string[]> =>
  (
    await db.admin<{ who: string }>(
      `SELECT s.source || '/' || unnest(o.keys) AS who FROM control.change_outbox o JOIN control.stream s ON s.id = o.stream
       WHERE o.op = 'relink' ORDER BY 1`,
    )
  ).map(({ who }) => who);

it('has nobody linked anew while the rules are the same, or older', async () => {
  await commitPage(db.database, keyring, streams, people);
  await new LinkService(db.database, keyring).drain();
  expect(await compare()).toEqual(new Map());
  await db.admin(`UPDATE control.link_rule SET version = 99`);
  expect(await compare()).toEqual(new Map());
  await db.admin(`UPDATE control.link_rule SET version = 1`);
});

it('queues only whom a changed rule can concern, once', async () => {
  await commitPage(db.database, keyring, streams, people);
  await new LinkService(db.database, keyring).drain();
  expect(await compare('name-dwelling')).toEqual(new Map([['name-dwelling', 2]]));
  expect(await queued()).toEqual(['civil/home', 'police/home']);
  expect(await compare('name-dwelling')).toEqual(new Map());
  await new LinkService(db.database, keyring).drain();
  expect(await compare('full-id')).toEqual(new Map([['full-id', 1]]));
  expect(await compare('name-birth-phone')).toEqual(new Map([['name-birth-phone', 1]]));
  expect(await queued()).toEqual(['police/number', 'telecom/phone']);
  await db.admin(`UPDATE control.link_rule SET version = 1`);
});

it('comes to what the new rule says of everybody', async () => {
  await commitPage(db.database, keyring, streams, people);
  await new LinkService(db.database, keyring).drain();
  // As an older rule would have left it: no key of that kind, nobody linked by it.
  await db.admin(`DELETE FROM data.match_key WHERE key >= '\\x03' AND key < '\\x04'`);
  await db.admin(`UPDATE data.link_node SET keys = '' WHERE person_key = 'home'`);
  await db.admin(`UPDATE data.resident_member SET resident = gen_random_uuid(), rule = 'single', reason = '{}'`);
  await db.admin(`UPDATE control.link_rule SET version = 0 WHERE code = 'name-dwelling'`);
  const { persons } = await new LinkService(db.database, keyring).drain();
  expect(persons).toBe(2);
  expect(await linked(db.database)).toEqual(linkAll(people));
});
