import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '../../../test/kit/postgres.js';
import { Keyring } from '../../platform/keys/index.js';
import { LinkService } from '../link/index.js';
import type { Person } from '../link/testing/link-all.js';
import { addSources, commitPage, emptyWorld, type Streams } from '../link/testing/world.js';
import { goldenDigest } from './golden-digest.js';
import { UnifyService } from './unify.service.js';

let db: TestDatabase;
let keyring: Keyring;
let streams: Streams;

beforeAll(async () => {
  db = await testDatabase();
  keyring = await Keyring.open(join(db.home, 'keys'));
  streams = await addSources(db.database);
});
beforeEach(async () => {
  await emptyWorld(db.admin);
  await db.admin(
    `TRUNCATE data.dwelling, data.household, data.unified_dwelling, data.dwelling_member, data.unified_household`,
  );
});
afterAll(() => db.close());

const commit = (page: Parameters<typeof commitPage>[3], run = 1) =>
  commitPage(db.database, keyring, streams, page, run);
const drain = async () => {
  await new LinkService(db.database, keyring).drain();
  return new UnifyService(db.database).drain();
};

const police: Person = {
  ...{ source: 'police', personKey: 'p1', names: ['王小明'], aliases: [], births: ['1980-01-01'], sexes: ['1'] },
  ...{ ids: ['a'], phones: ['15400000000'], dwellings: ['home'] },
};
const telecom: Person = {
  ...police,
  source: 'telecom',
  personKey: 't1',
  births: ['1980-01-02'],
  phones: ['15411111111'],
  dwellings: [],
};

describe('the golden resident', () => {
  it('chooses field by field and says where from', async () => {
    await commit([police, telecom]);
    await drain();
    const [resident] = await db.admin(
      `SELECT name, birth_date, sex, mobile, id_number_stream, id_number_key, provenance->'mobile' AS mobile_from FROM data.resident`,
    );
    expect(resident).toEqual({
      ...{ name: '王小明', birth_date: '1980-01-01', sex: '1', mobile: '15411111111' },
      ...{ id_number_stream: streams.get('police'), id_number_key: 'p1/0' },
      mobile_from: [streams.get('telecom'), 't1/0', '', 1],
    });
  });

  it('keeps a conflict where sources differ, by pointers and without a value', async () => {
    await commit([police, telecom]);
    await drain();
    const rows = await db.admin(`SELECT field, reason, chosen_stream, values FROM data.conflict ORDER BY field`);
    const [p, t] = [
      { source: 'police', stream: streams.get('police'), key: 'p1/0', part: '', run: 1 },
      { source: 'telecom', stream: streams.get('telecom'), key: 't1/0', part: '', run: 1 },
    ];
    expect(rows).toEqual([
      { field: 'birthDate', reason: 'authority', chosen_stream: p.stream, values: [p, t] },
      { field: 'mobile', reason: 'authority', chosen_stream: t.stream, values: [t, p] },
    ]);
    await commit([{ ...telecom, births: police.births, phones: police.phones }], 2);
    await drain();
    expect(await db.admin('SELECT 1 FROM data.conflict')).toEqual([]);
  });

  it('is written again only where something changed, and keeps what it replaced', async () => {
    const others = Array.from({ length: 5 }, (_, i) => ({ ...police, personKey: `x${i}`, ids: [`x${i}`] }));
    await commit([police, telecom, ...others]);
    await drain();
    expect(await db.admin('SELECT 1 FROM data.resident_version')).toEqual([]);
    await commit([{ ...telecom, phones: ['15422222222'] }], 2);
    expect(await drain()).toMatchObject({ residents: 1 });
    expect(await db.admin('SELECT mobile, op, replaced_run FROM data.resident_version')).toEqual([
      { mobile: '15411111111', op: 'U', replaced_run: 2 },
    ]);
    await commit([police], 2);
    await drain();
    expect(await db.admin('SELECT count(*)::int AS n FROM data.resident_version')).toEqual([{ n: 2 }]);
  });

  it('never lets a masked value or a placeholder over a full one', async () => {
    await commit([police, telecom]);
    await db.admin(
      `UPDATE data.person SET mobile = '154****1111', name = NULL, states = 'mobile=M;name=P' WHERE key = 't1/0'`,
    );
    await db.admin(`UPDATE data.person SET states = 'birthDate=K7' WHERE key = 'p1/0'`);
    await drain();
    const residents = await db.admin('SELECT name, mobile, states, provenance FROM data.resident ORDER BY name');
    expect(residents[0]).toMatchObject({ name: '王小明', mobile: '15400000000', states: 'birthDate=K7' });
    expect(residents[0]!.provenance.birthDate).toEqual([streams.get('police'), 'p1/0', '', 7]);
    expect(residents[1]).toMatchObject({ name: null, mobile: '154****1111', states: 'mobile=M;name=P' });
  });

  it('closes with its last record and leaves nothing beside', async () => {
    await commit([police, telecom]);
    await drain();
    const gone = (person: Person) => ({ source: person.source, personKey: person.personKey, gone: true as const });
    await commit([gone(telecom)], 2);
    await drain();
    expect(await db.admin('SELECT mobile FROM data.resident')).toEqual([{ mobile: '15400000000' }]);
    await commit([gone(police)], 3);
    await drain();
    for (const table of ['resident', 'conflict', 'resident_area', 'resident_member', 'link_node', 'match_key'])
      expect(await db.admin(`SELECT 1 FROM data.${table}`)).toEqual([]);
    expect(await db.admin(`SELECT op FROM data.resident_version ORDER BY recorded_at DESC LIMIT 1`)).toEqual([
      { op: 'D' },
    ]);
  });

  it('knows the areas of its records', async () => {
    await commit([police, telecom]);
    await drain();
    const areas = () => db.admin<{ area: string }>('SELECT area FROM data.resident_area ORDER BY area');
    expect((await areas()).map((row) => row.area)).toEqual(['990101001001', '990101001002']);
    await commit([{ ...police, dwellings: [] }], 2);
    await drain();
    expect((await areas()).map((row) => row.area)).toEqual(['990101001001']);
  });

  it('comes to the same rows whichever source comes first, in one worker or four', async () => {
    const golden = () =>
      db.admin(`SELECT name, birth_date, sex, mobile, states, provenance FROM data.resident ORDER BY provenance::text`);
    const people = Array.from({ length: 30 }, (_, i) => [
      { ...police, personKey: `p${i}`, ids: [`${i}`] },
      { ...telecom, personKey: `t${i}`, ids: [`${i}`] },
    ]).flat();
    const digest = () => db.database.withContext('worker', { actor: 'test' }, (tx) => goldenDigest(tx, keyring));
    await commit(people);
    await drain();
    const [first, firstDigest] = [await golden(), await digest()];
    await emptyWorld(db.admin);
    for (const person of [...people].reverse()) await commit([person]);
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        await new LinkService(db.database, keyring, { batchSize: 3 }).drain();
        await new UnifyService(db.database, { batchSize: 3 }).drain();
      }),
    );
    await drain();
    expect(first).toHaveLength(30);
    expect(await golden()).toEqual(first);
    expect(await digest()).toBe(firstDigest);
    await commit([{ ...police, personKey: 'p0', ids: ['0'], sexes: ['2'] }]);
    await drain();
    expect(await digest()).not.toBe(firstDigest);
  });
});

async function record(
  table: 'dwelling' | 'household',
  source: string,
  key: string,
  fields: Record<string, string | null>,
): Promise<void> {
  const names = Object.keys(fields);
  await db.admin(
    `INSERT INTO data.${table} (stream, key, n, version, run, recorded_at, hash, area, ${names.join(', ')})
     VALUES ($1, $2, 1, 1, 1, now(), '\\x01', '990101', ${names.map((_, i) => `$${i + 3}`).join(', ')})
     ON CONFLICT (stream, key, part) DO UPDATE SET gone_run = NULL, ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    [streams.get(source), key, ...Object.values(fields)],
  );
  await changed(source, [key]);
}
const changed = (source: string, keys: string[]) =>
  db.admin(`INSERT INTO control.change_outbox (stream, run, page, op, keys) VALUES ($1, 1, 1, 'upsert', $2)`, [
    streams.get(source),
    keys,
  ]);
const gone = async (table: string, key: string, source: string) => {
  await db.admin(`UPDATE data.${table} SET gone_run = 2 WHERE key = $1`, [key]);
  await changed(source, [key]);
};

describe('a unified dwelling', () => {
  const at = (address_key: string | null, room: string) => ({
    address_key,
    estate: '阳光花园',
    building: '3',
    unit: '2',
    room,
    floor_area: '89.50',
  });

  it('is one where the whole address is equal, and one for each record where a part is missing', async () => {
    await record('dwelling', 'property', 'r1', at('990101|阳光花园|3|2|501', '501'));
    await record('dwelling', 'telecom', 'r9', at('990101|阳光花园|3|2|501', '501'));
    await record('dwelling', 'property', 'r2', at(null, '502'));
    await record('dwelling', 'property', 'r3', at(null, '502'));
    expect(await drain()).toMatchObject({ dwellings: 4 });
    const rows = await db.admin(
      `SELECT u.address_key, u.room, u.floor_area, u.area, provenance->'area'->>1 AS from, array_agg(m.key ORDER BY m.key) AS keys
       FROM data.unified_dwelling u JOIN data.dwelling_member m ON m.dwelling = u.id GROUP BY u.id ORDER BY keys`,
    );
    expect(rows).toEqual([
      {
        address_key: '990101|阳光花园|3|2|501',
        room: '501',
        floor_area: '89.50',
        area: '990101',
        from: 'r1',
        keys: ['r1', 'r9'],
      },
      { address_key: null, room: '502', floor_area: '89.50', area: '990101', from: 'r2', keys: ['r2'] },
      { address_key: null, room: '502', floor_area: '89.50', area: '990101', from: 'r3', keys: ['r3'] },
    ]);
  });

  it('keeps its id while a record of it is there, and gets it back', async () => {
    await record('dwelling', 'property', 'r1', at('a', '501'));
    await drain();
    const [before] = await db.admin('SELECT id FROM data.unified_dwelling');
    await gone('dwelling', 'r1', 'property');
    await drain();
    expect(await db.admin('SELECT 1 FROM data.unified_dwelling')).toEqual([]);
    await record('dwelling', 'property', 'r1', at('a', '501'));
    await drain();
    expect(await db.admin('SELECT id FROM data.unified_dwelling')).toEqual([before]);
    await record('dwelling', 'property', 'r1', at('b', '501'));
    await drain();
    const [after] = await db.admin('SELECT id, address_key FROM data.unified_dwelling');
    expect(after).toMatchObject({ address_key: 'b' });
    expect(after!.id).not.toBe(before!.id);
  });
});

describe('a unified household', () => {
  it('is the 户 of its source and follows it', async () => {
    await record('household', 'police', 'h1', {
      household_no: '001',
      head_name: '王建国',
      established_on: '1990-05-01',
    });
    await drain();
    const read = () =>
      db.admin(
        `SELECT id, source, household_key, household_no, head_name, established_on::text FROM data.unified_household`,
      );
    const [first] = await read();
    expect(first).toMatchObject({
      source: 'police',
      household_key: 'h1',
      household_no: '001',
      head_name: '王建国',
      established_on: '1990-05-01',
    });
    await record('household', 'police', 'h1', {
      household_no: '001',
      head_name: '王小明',
      established_on: '1990-05-01',
    });
    await drain();
    expect(await read()).toEqual([{ ...first, head_name: '王小明' }]);
    await gone('household', 'h1', 'police');
    await drain();
    expect(await read()).toEqual([]);
    await record('household', 'police', 'h1', {
      household_no: '001',
      head_name: '王小明',
      established_on: '1990-05-01',
    });
    await drain();
    expect((await read())[0]!.id).toBe(first!.id);
  });
});
