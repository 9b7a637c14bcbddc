import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../kit/postgres.js';
import { trapBench, type TrapBench } from '../../kit/trap-bench.js';
import { syntheticId } from '../../kit/sync-bench.js';

/* Traps of an operator in the manner of TM Forum: list calls without a modification time, values masked by the API. */
describe('telecom operator', () => {
  let bench: TrapBench;
  let server: TestDatabase;
  beforeAll(async () => {
    server = await testDatabase();
  }, 60_000);
  beforeEach(async () => {
    bench = await trapBench('telecom-tmforum', server);
  }, 60_000);
  afterEach(() => bench.close());
  afterAll(() => server.close());
  const person = (n: number, changes: object = {}): ReturnType<TrapBench['row']> =>
    bench.row('individuals', {
      id: `I${n}`,
      individualIdentification: [{ identificationType: '111', identificationId: syntheticId(n) }],
      ...changes,
    });
  const phone = (phoneNumber: string): object => ({
    contactMedium: [{ mediumType: 'phone', characteristic: { phoneNumber } }],
  });
  const individuals = async (): Promise<Record<string, unknown>[]> =>
    (await bench.live('person')).filter(({ key }) => String(key).startsWith('I'));

  it('trap 1, no modification time and no changed-since: only what really changed counts as changed', async () => {
    await bench.serve(
      'individuals',
      [1, 2, 3].map((n) => person(n)),
    );
    await bench.sync();
    // The order of members is no change either.
    const turned = Object.fromEntries(Object.entries(person(2)).reverse());
    await bench.serve('individuals', [person(1), turned, person(3, { fullName: '张改名' })]);
    expect((await bench.sync())['individuals']).toMatchObject({ updated: '1', unchanged: '2', balanced: true });
  });

  it('trap 2, an API that hides rows: one that vanished stays for one more complete scan and is forgiven if it returns', async () => {
    await bench.serve(
      'individuals',
      [1, 2, 3].map((n) => person(n)),
    );
    await bench.sync();
    await bench.serve('individuals', [person(1), person(3)]);
    expect((await bench.sync())['individuals']).toMatchObject({ deleted_by_absence: '0', live_after: '3' });
    await bench.serve(
      'individuals',
      [1, 2].map((n) => person(n)),
    );
    expect((await bench.sync())['individuals']).toMatchObject({ deleted_by_absence: '0', live_after: '3' });
    expect((await bench.sync())['individuals']).toMatchObject({ deleted_by_absence: '1', live_after: '2' });
    expect((await individuals()).map(({ key }) => key)).toEqual(['I1', 'I2']);
  });

  it('trap 6, masked by the API: a masked value is kept apart and never replaces a full one', async () => {
    await bench.serve('individuals', [person(1, phone('13900000001')), person(2, phone('139****0002'))]);
    await bench.sync();
    const before = await individuals();
    expect(before[1]).toMatchObject({ mobile: '139****0002' });
    expect(before[1]!['states']).toContain('mobile=M');
    const id = syntheticId(1);
    await bench.serve('individuals', [
      person(1, {
        ...phone('139****0001'),
        fullName: '张*国',
        individualIdentification: [
          { identificationType: '111', identificationId: `${id.slice(0, 6)}**********${id.slice(16)}` },
        ],
      }),
      person(2, phone('13900000002')),
    ]);
    await bench.sync();
    const [kept, filled] = await individuals();
    expect(kept).toMatchObject({
      ...{ mobile: '13900000001', name: before[0]!['name'], id_number_index: before[0]!['id_number_index'] },
    });
    expect(kept!['states']).toMatch(/mobile=K\d+/);
    expect(filled).toMatchObject({ mobile: '13900000002', states: null });
  });

  it('trap 7, fabricated values: a filler phone is no phone', async () => {
    await bench.serve('individuals', [person(1, phone('13800000000'))]);
    await bench.sync();
    const [one] = await individuals();
    expect(one).toMatchObject({ mobile: null });
    expect(one!['states']).toContain('mobile=P');
  });

  it('trap 11, date shapes: an instant is the day in Shanghai, whatever its zone', async () => {
    await bench.serve('individuals', [
      person(1, { birthDate: '1962-12-30T16:00:00Z' }),
      person(2, { birthDate: '1962-12-31T00:00:00+08:00' }),
      person(3, { birthDate: '1962-02-30T00:00:00+08:00' }),
    ]);
    await bench.sync();
    expect((await individuals()).map(({ birth_date }) => birth_date)).toEqual(['1962-12-31', '1962-12-31']);
    expect(await bench.quarantine()).toEqual(['MAPPING_INVALID_VALUE /birthDate']);
  });

  it('trap 12, mojibake: a name that lost a character is set aside; half a pair spoils itself only', async () => {
    await bench.serve('individuals', [
      person(1, { fullName: '张𠮷' }),
      person(2, { fullName: '李?' }),
      person(3, { fullName: '王\ud842' }),
    ]);
    await bench.sync();
    expect((await individuals()).map(({ name }) => name)).toEqual(['张𠮷']);
    expect(await bench.quarantine()).toEqual(['MAPPING_INVALID_VALUE /fullName', 'MAPPING_INVALID_VALUE /fullName']);
  });
});
