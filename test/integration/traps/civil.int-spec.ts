import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../kit/postgres.js';
import { trapBench, type TrapBench } from '../../kit/trap-bench.js';

/*
 * Traps of a civil affairs system in the manner of CAMS.
 * Not here: 15 (windows of too many rows are halved) and 16 (two levels of status) at the protocol are in
 * src/pipeline/adapter-kit/connectors/soap/soap.int-spec.ts, pace and hourly budget in test/prove/paused.ts, 16 through
 * the engine in test/integration/faults.int-spec.ts.
 */
describe('civil affairs', () => {
  let bench: TrapBench;
  let server: TestDatabase;
  beforeAll(async () => {
    server = await testDatabase();
  }, 60_000);
  beforeEach(async () => {
    bench = await trapBench('civil-affairs', server);
  }, 60_000);
  afterEach(() => bench.close());
  afterAll(() => server.close());
  const pay = (month: string, person: number, changes: object = {}): ReturnType<TrapBench['row']> =>
    bench.row('assistance', { PAY_MONTH: month, PEOPLE_ID: `P${person}`, ...changes });
  const months = async (): Promise<string[]> =>
    (await bench.live('social_assistance')).map(({ key }) => String(key).replace(/\|.*\|/, ' '));

  it('trap 4, month periods: a month is replaced as a whole, the others are not touched, what stood before is kept', async () => {
    await bench.serve('assistance', [pay('2026-09', 1), pay('2026-09', 2), pay('2026-10', 1), pay('2026-10', 2)]);
    await bench.sync();
    const [open] = await bench.live('social_assistance');
    // 3000-01 says "no end".
    expect(open).toMatchObject({ begin_month: '2024-03', end_month: null });
    expect(open!['states']).toContain('endMonth=E');
    await bench.serve('assistance', [
      pay('2026-09', 1),
      pay('2026-09', 2),
      pay('2026-10', 1, { ASSISTANCE_MONEY: '700.00' }),
    ]);
    expect((await bench.sync())['assistance']).toMatchObject({ updated: '1', unchanged: '2', deleted_by_absence: '1' });
    expect(await months()).toEqual(['2026-09 P1', '2026-09 P2', '2026-10 P1']);
    const before = await bench.db.admin(`SELECT key, amount::text FROM data.social_assistance_version ORDER BY key`);
    expect(before.map(({ key, amount }) => [String(key).replace(/\|.*\|/, ' '), Number(amount)])).toEqual([
      ['2026-10 P1', 612],
      ['2026-10 P2', 612],
    ]);
  });

  it('trap 4, a month that the source does not list any more is not taken for empty', async () => {
    await bench.serve('assistance', [pay('2026-09', 1), pay('2026-10', 1)]);
    await bench.sync();
    await bench.serve('assistance', [pay('2026-10', 1)]);
    expect((await bench.sync())['assistance']).toMatchObject({ deleted_by_absence: '0', state: 'SUCCEEDED' });
    expect(await months()).toEqual(['2026-09 P1', '2026-10 P1']);
  });

  it('trap 8, same code, other meaning: free text beside codes is read by the dictionary, an unknown one is no default', async () => {
    await bench.serve('assistance', [
      pay('2026-10', 1, { ASSISTANCE_TYPE: '02' }),
      pay('2026-10', 2, { ASSISTANCE_TYPE: '农村低保(二类)' }),
      pay('2026-10', 3, { ASSISTANCE_TYPE: '77' }),
    ]);
    await bench.sync();
    expect(
      (await bench.live('social_assistance')).map(({ category, raw_category }) => [category, raw_category]),
    ).toEqual([
      ['DB_R', '02'],
      ['DB_R', '农村低保(二类)'],
    ]);
    expect(await bench.quarantine()).toEqual(['MAPPING_UNKNOWN_CODE /ASSISTANCE_TYPE']);
  });

  it('trap 11, date shapes: YYYY-MM and local time without a zone; a month that does not exist is set aside', async () => {
    await bench.serve('assistance', [pay('2026-10', 1), pay('2026-10', 2, { BEGIN_DATE: '2024-13' })]);
    await bench.serve('marriages', [bench.row('marriages', { OP_DATE: '2016-05-20 00:30:00' })]);
    await bench.sync();
    expect((await bench.live('social_assistance')).map(({ begin_month }) => begin_month)).toEqual(['2024-03']);
    // Half past midnight in Shanghai is the day before in UTC: the day of the register counts.
    const [marriage] = await bench.db.admin(`SELECT operation_date::text AS day FROM data.marriage_record LIMIT 1`);
    expect(marriage!['day']).toBe('2016-05-20');
    expect(await bench.quarantine()).toEqual(['MAPPING_INVALID_VALUE /BEGIN_DATE']);
  });

  it('trap 18, no transaction id: a window read again, and a row delivered twice, count once', async () => {
    const one = bench.row('marriages');
    await bench.serve('marriages', [one, one]);
    const first = (await bench.sync())['marriages']!;
    expect(first).toMatchObject({ state: 'SUCCEEDED', balanced: true, created: '1' });
    const again = (await bench.sync())['marriages']!;
    expect(again).toMatchObject({ state: 'SUCCEEDED', balanced: true, created: '0', updated: '0' });
    const rows = await bench.live('marriage_record');
    expect(rows.filter(({ part }) => part === '')).toHaveLength(1);
  });
});
