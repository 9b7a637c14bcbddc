import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { CODE, pushBench, sendHcGov, type PushBench } from '../../../test/kit/push-bench.js';
import { readyAdapter } from '../../pipeline/adapter-kit/index.js';
import { addSource } from '../../pipeline/sync/index.js';

const DIRECTORY = new URL('../../../adapters/property-push/', import.meta.url).pathname;

describe('a property system that pushes its owners and says nothing of deletions', () => {
  let bench: PushBench;
  let serial = 0;
  const { body: owner } = JSON.parse(readFileSync(`${DIRECTORY}message.example.json`, 'utf8')) as {
    body: Record<'idCard' | 'personName' | 'personSex' | 'personTel', string>;
  };
  const later = { ...owner, idCard: '990101196212310026', personName: '李秀英', personSex: '1' };
  const tell = async (body: object, serviceCode = 'ADD_OWNER', tranId = `t${++serial}`): Promise<unknown> => {
    const reqTime = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace(/\D/g, '');
    const message = { serviceCode, tranId, reqTime, body };
    return (await sendHcGov(`${bench.url}/push/estate/owners`, message)).json();
  };
  const names = async (): Promise<unknown[]> => (await bench.live('estate')).map(({ name }) => name).sort();

  beforeAll(async () => {
    bench = await pushBench();
    await bench.db.admin(`CREATE DATABASE hc_community`);
    const host = new URL(bench.db.adminUrl);
    const { loaded } = readyAdapter(DIRECTORY);
    const home = new (await import('pg')).default.Client({
      connectionString: host.href.replace(/[^/]*$/, 'hc_community'),
    });
    await home.connect();
    await home.query(readFileSync(`${DIRECTORY}source.sql`, 'utf8'));
    const row = `INSERT INTO building_owner (member_id, id_card, name, sex, link, status_cd, owner_flag, person_type) VALUES ($1, $2, $3, $4, $5, '0', 'T', 'P')`;
    await home.query(row, ['m1', owner.idCard, owner.personName, owner.personSex, owner.personTel]);
    await home.query(row, ['m2', owner.idCard, '张卫国(二套)', owner.personSex, owner.personTel]);
    await home.query(row, ['m3', '990101**********26', '李*英', '1', '138****1234']);
    await home.end();
    await bench.db.database.withContext('worker', { actor: 'test' }, (tx) =>
      addSource(tx, bench.keyring, {
        id: 'estate',
        adapter: loaded,
        settings: {
          engine: 'postgresql',
          host: host.hostname,
          port: Number(host.port),
          database: 'hc_community',
          user: host.username,
          ssl: 'off',
        },
        secrets: { password: decodeURIComponent(host.password), securityCode: CODE },
        demo: false,
        scheduleSeconds: null,
        actor: 'test',
      }),
    );
  });
  afterAll(() => bench.close());

  it('is served from its messages, once each, without what they make up', async () => {
    expect(await tell(owner)).toMatchObject({ accepted: 1 });
    expect(await tell(later, 'EDIT_OWNER', 'again')).toMatchObject({ accepted: 1 });
    expect(await tell(later, 'EDIT_OWNER', 'again')).toMatchObject({ duplicates: 1 });
    expect(await tell({ carNum: '测A12345' }, 'ADD_CAR')).toMatchObject({ accepted: 0, ignored: 1 });
    expect(await bench.take()).toEqual(['SUCCEEDED']);
    const people = await bench.db.admin(
      `SELECT name, birth_date, ethnicity, marital_status, key FROM data.person ORDER BY birth_date`,
    );
    expect(people).toEqual([
      {
        name: '张卫国',
        birth_date: '1950-01-01',
        ethnicity: null,
        marital_status: null,
        key: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
      {
        name: '李秀英',
        birth_date: '1962-12-31',
        ethnicity: null,
        marital_status: null,
        key: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
  });

  it('is mended by its table: whoever is not in it any more goes, and nothing else changes', async () => {
    const { row } = await bench.sync('estate');
    expect(row).toMatchObject({
      state: 'SUCCEEDED',
      balanced: true,
      read: '1',
      unchanged: '1',
      deleted_by_absence: '1',
    });
    expect(await names()).toEqual(['张卫国']);
    expect(await tell(later)).toMatchObject({ accepted: 1 });
    await bench.take();
    expect(await names()).toEqual(['张卫国', '李秀英']);
  });
});
