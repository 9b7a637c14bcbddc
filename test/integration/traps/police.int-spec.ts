import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { divisionAt } from '../../../src/standard/index.js';
import { testDatabase, type TestDatabase } from '../../kit/postgres.js';
import { trapBench, type TrapBench } from '../../kit/trap-bench.js';

/* Traps of a household register in the manner of hz2004: daily GB18030 files of version rows with reversals. */
describe('police household register', () => {
  let bench: TrapBench;
  let server: TestDatabase;
  beforeAll(async () => {
    server = await testDatabase();
  }, 60_000);
  beforeEach(async () => {
    bench = await trapBench('police-household', server);
  }, 60_000);
  afterEach(() => bench.close());
  afterAll(() => server.close());
  const version = (key: string, changes: object): ReturnType<TrapBench['row']> =>
    bench.row('residents', { rynbid: key, ryid: 'P1', ...changes });
  const current = async (): Promise<unknown[]> =>
    (await bench.db.admin(`SELECT key FROM data.person WHERE gone_run IS NULL AND current ORDER BY key`)).map(
      ({ key }) => key,
    );

  it('trap 3, versions with reversal: the latest that holds is current, whatever order they come in', async () => {
    const first = version('1', { qysj: '20080501093000', jssj: '20200101000000', xm: '张卫国' });
    const second = version('2', { qysj: '20200101000000', jssj: '', xm: '张卫邦' });
    await bench.serve('residents', [second, first]);
    await bench.sync();
    expect(await current()).toEqual(['2']);
    // 冲销: the second is marked as reversed, its reversal row comes, and the first is opened again as a new version.
    await bench.serve('residents', [
      version('4', { qysj: '20200301000000', jssj: '', xm: '张卫国' }),
      version('3', { qysj: '20200401000000', jssj: '', cxbz: '1', xm: '张卫邦' }),
      { ...second, cxbz: '2', jssj: '20200301000000' },
      first,
    ]);
    expect((await bench.sync())['residents']).toMatchObject({ state: 'SUCCEEDED', balanced: true });
    expect(await current()).toEqual(['4']);
    const [row] = await bench.db.admin(`SELECT name FROM data.person WHERE current AND gone_run IS NULL`);
    expect(row!['name']).toBe('张卫国');
    // Both axes of time are kept: nothing that was known is lost.
    expect(await bench.live('person')).toHaveLength(4);
    expect((await bench.db.admin(`SELECT key FROM data.person_version`)).map(({ key }) => key)).toEqual(['2']);
  });

  it('trap 3, a reversed version is never current, even where it is the only open one', async () => {
    await bench.serve('residents', [
      version('1', { qysj: '20080501093000', jssj: '20200101000000' }),
      version('2', { qysj: '20200101000000', jssj: '', cxbz: '2' }),
    ]);
    await bench.sync();
    expect(await current()).toEqual(['1']);
  });

  it('trap 11, date shapes: YYYYMMDD and YYYYMMDDHHmmss are read as declared, an impossible day is set aside', async () => {
    await bench.serve('residents', [
      version('1', { csrq: '19500131', qysj: '20080501093000' }),
      version('2', { csrq: '19500231', ryid: 'P2' }),
    ]);
    await bench.sync();
    const [person] = await bench.live('person');
    expect(person).toMatchObject({ birth_date: '1950-01-31' });
    // 09:30 in Shanghai.
    expect(new Date(String(person!['valid_from'])).toISOString()).toBe('2008-05-01T01:30:00.000Z');
    expect(await bench.quarantine()).toEqual(['MAPPING_INVALID_VALUE /csrq']);
  });

  it('trap 12, rare characters: four bytes of GB18030 come through, a lost character is set aside, none is made up', async () => {
    await bench.serve('residents', [
      version('1', { xm: '张𠮷' }),
      version('2', { ryid: 'P2', xm: '李?' }),
      version('3', { ryid: 'P3', xm: '王\ufffd' }),
    ]);
    await bench.sync();
    expect((await bench.live('person')).map(({ name }) => name)).toEqual(['张𠮷']);
    expect(await bench.quarantine()).toEqual(['MAPPING_INVALID_VALUE /xm', 'MAPPING_INVALID_VALUE /xm']);
  });

  it('trap 13, abolished division: the code stays as it was given, and is read as at its day with what followed it', async () => {
    const { divisions } = await import('../../kit/ended-division.js');
    const ended = divisions()[0]!;
    await bench.serve('residents', [version('1', { jcwh: ended.code })]);
    expect((await bench.sync())['residents']).toMatchObject({ state: 'SUCCEEDED', created: '1' });
    const [registration] = await bench.live('household_registration');
    expect(registration).toMatchObject({ division: ended.code, area: ended.code });
    expect(divisionAt(ended.code, ended.validTo)).toMatchObject({ state: 'valid' });
    expect(divisionAt(ended.code, '2026-11-01')).toMatchObject({ state: 'ended', successors: ended.successors });
  });
});
