import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../kit/postgres.js';
import { trapBench, type TrapBench } from '../../kit/trap-bench.js';
import { syntheticId } from '../../kit/sync-bench.js';

/*
 * Traps of a property system in the manner of MicroCommunity, each with the bundled adapter against a database of its own.
 * Not here: 17 and 18 (push without delete, no transaction id) are in src/access/push/property-push.int-spec.ts.
 */
describe('property management', () => {
  let bench: TrapBench;
  let server: TestDatabase;
  beforeAll(async () => {
    server = await testDatabase();
  }, 60_000);
  beforeEach(async () => {
    bench = await trapBench('property-microcommunity', server);
  }, 60_000);
  afterEach(() => bench.close());
  afterAll(() => server.close());
  const owner = (n: number, changes: object = {}): ReturnType<TrapBench['row']> =>
    bench.row('owners', { member_id: `M${n}`, owner_id: `M${n}`, id_card: syntheticId(n), name: '张卫国', ...changes });

  it('trap 1, no update time: a change and a disappearance are found by comparing everything', async () => {
    await bench.serve(
      'owners',
      [1, 2, 3, 4].map((n) => owner(n)),
    );
    await bench.sync();
    await bench.serve('owners', [owner(1), owner(2, { name: '张改名' }), owner(4)]);
    expect((await bench.sync())['owners']).toMatchObject({
      ...{ state: 'SUCCEEDED', balanced: true, updated: '1', unchanged: '2', deleted_by_absence: '1' },
    });
    expect((await bench.live('person')).map(({ key, name }) => [key, name])).toEqual([
      ['M1', '张卫国'],
      ['M2', '张改名'],
      ['M4', '张卫国'],
    ]);
  });

  it('trap 2, soft delete: a row with status 1 is deleted by its message, one of unknown status is no valid one', async () => {
    await bench.serve('owners', [owner(1), owner(2), owner(3)]);
    await bench.sync();
    await bench.serve('owners', [owner(1), owner(2, { status_cd: '1' }), owner(3, { status_cd: 't' })]);
    expect((await bench.sync())['owners']).toMatchObject({ deleted_by_message: '1', quarantined: '1', balanced: true });
    expect((await bench.live('person')).map(({ key }) => key)).toEqual(['M1', 'M3']);
  });

  it('trap 5, the ID number column: 15 digits, wrong check digit, masked, empty and a company’s code are told apart', async () => {
    const valid = syntheticId(7);
    const wrong = valid.slice(0, 17) + (valid.endsWith('1') ? '2' : '1');
    await bench.serve('owners', [
      owner(1, { id_card: valid }),
      owner(2, { id_card: `${valid.slice(0, 6)}${valid.slice(8, 17)}` }),
      owner(3, { id_card: wrong }),
      owner(4, { id_card: `${valid.slice(0, 6)}********${valid.slice(14)}` }),
      owner(5, { id_card: '' }),
      owner(6, { id_card: '91990101MA0000015C', person_type: 'C', name: '测试市阳光商贸有限公司' }),
    ]);
    expect((await bench.sync())['owners']).toMatchObject({ state: 'SUCCEEDED', created: '6' });
    const people = new Map((await bench.live('person')).map((one) => [one['key'], one]));
    const index = (key: string): string | null =>
      (people.get(key)!['id_number_index'] as Buffer | null)?.toString('hex') ?? null;
    expect(index('M1')).toBe(bench.keyring.blindIndex('citizen-id', valid).toString('hex'));
    expect(index('M2')).toBe(index('M1'));
    // Findable, but marked as no evidence for a link.
    expect(index('M3')).toHaveLength(34);
    expect(index('M4')).toBeNull();
    expect(people.get('M4')!['states']).toContain('idNumber=M');
    expect(people.get('M5')!['id_number_sealed']).toBeNull();
    expect(people.has('M6')).toBe(false);
    expect((await bench.live('organization')).map(({ uscc }) => uscc)).toEqual(['91990101MA0000015C']);
  });

  it('trap 7, fabricated values: far dates, filler phones and words for nothing become no value, and replace none', async () => {
    const rel = (changes: Record<string, string>): ReturnType<TrapBench['row']> => bench.row('occupancies', changes);
    await bench.serve('owners', [owner(1, { link: '13900000009' }), owner(2, { link: '13800000000' })]);
    await bench.serve('occupancies', [
      rel({ rel_id: 'R1', end_time: '2037-01-01 00:00:00' }),
      rel({ rel_id: 'R2', end_time: '2050-01-01 00:00:00' }),
      rel({ rel_id: 'R3', end_time: '2027-02-28 00:00:00' }),
    ]);
    await bench.sync();
    const people = await bench.live('person');
    expect(people.map(({ mobile }) => mobile)).toEqual(['13900000009', null]);
    expect(people[1]!['states']).toContain('mobile=P');
    expect(
      (await bench.live('property_occupancy')).map(({ end_date }) => end_date && String(end_date).length > 0),
    ).toEqual([null, null, true]);
    await bench.serve('owners', [owner(1, { link: '13800000000' }), owner(2, { link: '13800000000' })]);
    await bench.sync();
    const [kept] = await bench.live('person');
    expect(kept).toMatchObject({ mobile: '13900000009' });
    expect(kept!['states']).toMatch(/mobile=K\d+/);
  });

  it('trap 8, same code, other meaning: 0 and 1 are this vendor’s sexes, and an unknown code is no default', async () => {
    await bench.serve('owners', [owner(1, { sex: '0' }), owner(2, { sex: '1' }), owner(3, { sex: '9' })]);
    await bench.sync();
    expect((await bench.live('person')).map(({ key, sex }) => [key, sex])).toEqual([
      ['M1', '1'],
      ['M2', '2'],
    ]);
    expect(await bench.quarantine()).toEqual(['MAPPING_UNKNOWN_CODE /sex']);
  });

  it('trap 10, a column that lies: owner_id of an occupancy names the member, not the owner that it is called after', async () => {
    // Two members of one owner: only the member says who lives there.
    await bench.serve('owners', [owner(1, { owner_id: 'M1' }), owner(2, { owner_id: 'M1' })]);
    await bench.serve('occupancies', [bench.row('occupancies', { rel_id: 'R1', owner_id: 'M2' })]);
    await bench.sync();
    const [occupancy] = await bench.live('property_occupancy');
    expect(occupancy!['person_key']).toBe('M2');
    expect((await bench.live('person')).find(({ key }) => key === 'M2')!['person_key']).toBe('M2');
  });
});
