import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '../../../test/kit/postgres.js';
import { Keyring } from '../../platform/keys/index.js';
import { clusterDigest } from './cluster-digest.js';
import { LinkService } from './link.service.js';
import { measureLinks } from './measure-links.js';
import type { Person } from './testing/link-all.js';
import { addSources, commitPage, emptyWorld, type Streams } from './testing/world.js';

let db: TestDatabase;
let keyring: Keyring;
let streams: Streams;
beforeAll(async () => {
  db = await testDatabase();
  keyring = await Keyring.open(join(db.home, 'keys'));
  streams = await addSources(db.database);
});
afterAll(() => db.close());

const person = (source: string, personKey: string, id: string): Person => ({
  ...{ source, personKey, names: ['王小明'], aliases: [], births: [], sexes: [], ids: [id], phones: [], dwellings: [] },
});
const people = [
  ...['police', 'telecom'].map((source) => person(source, 'a', '1')),
  ...['police', 'telecom'].map((source) => person(source, 'b', '2')),
  person('civil', 'c', '2'),
];
const digest = () => db.database.withContext('worker', { actor: 'test' }, (tx) => clusterDigest(tx, keyring));

it('measures the cross-walk against a truth file, whole or by lines', async () => {
  await commitPage(db.database, keyring, streams, people);
  await new LinkService(db.database, keyring).drain();
  // In truth civil/c is person 1, not 2; somebody in the truth was never delivered.
  const record = (source: string, key: string) => ({
    source,
    key,
    idNumber: 'full',
    name: key === 'c' ? 'variant' : 'same',
  });
  const truth = [
    { records: [record('police', 'a'), record('telecom', 'a'), record('civil', 'c')], twin: true },
    {
      records: [record('police', 'b'), record('telecom', 'b'), record('property', 'gone')],
      twin: true,
      sharedPhone: true,
    },
  ];
  const lines = join(db.home, 'truth.ndjson');
  writeFileSync(lines, truth.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const whole = join(db.home, 'truth.json');
  writeFileSync(whole, `{"seed":1,"truth":[\n${truth.map((one) => JSON.stringify(one)).join(',\n')}\n]}\n`);
  const measured = await measureLinks(db.database, lines);
  expect(measured).toEqual({
    overall: { truePairs: 4, foundPairs: 4, rightPairs: 2, precision: 0.5, recall: 0.5, f1: 0.5 },
    // Person 1 is a pair and one strayed to person 2's pair.
    clusters: {
      exact: { people: 2, clusters: 2, right: 0, precision: 0, recall: 0, f1: 0 },
      bCubed: {
        precision: expect.closeTo((1 + 1 + 2 / 3 + 2 / 3 + 1 / 3) / 5, 12),
        recall: expect.closeTo((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5, 12),
        f1: expect.closeTo(11 / 15, 12),
      },
    },
    fullIdAndName: { truePairs: 2, foundPairs: 2, rightPairs: 2, precision: 1, recall: 1, f1: 1 },
    records: { inTruth: 6, measured: 5, missing: 1, unknown: 0 },
    wrongMerges: { all: 2, twins: 2, sharedPhones: 2, duplicateNumber: 0 },
  });
  expect(await measureLinks(db.database, whole)).toEqual(measured);
  await expect(measureLinks(db.database, join(db.home, 'none'))).rejects.toMatchObject({
    code: 'LINK_TRUTH_UNREADABLE',
  });
});

it('gives equal digests for equal clusters, whatever their ids', async () => {
  const before = await digest();
  await emptyWorld(db.admin);
  await commitPage(db.database, keyring, streams, [...people].reverse());
  await new LinkService(db.database, keyring, { batchSize: 1 }).drain();
  expect(await digest()).toBe(before);
  await commitPage(db.database, keyring, streams, [person('civil', 'c', '1')]);
  await new LinkService(db.database, keyring).drain();
  expect(await digest()).not.toBe(before);
});
