import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runStream } from './run-stream.js';
import { syncBench, syntheticPeople, type SyncBench } from '../../../test/kit/sync-bench.js';

const counts = (row: Record<string, unknown>): Record<string, number> =>
  Object.fromEntries(
    [
      'read',
      'created',
      'updated',
      'unchanged',
      'revived',
      'deleted_by_message',
      'deleted_by_absence',
      'quarantined',
      'skipped',
      'live_before',
      'live_after',
    ]
      .filter((name) => Number(row[name]) !== 0)
      .map((name) => [name, Number(row[name])]),
  );

describe('a stream synced from files', () => {
  let bench: SyncBench;
  const people = syntheticPeople(450);
  beforeAll(async () => {
    bench = await syncBench();
    await bench.source('s');
  });
  afterAll(() => bench.close());

  it('loads everything first, and balances twice', async () => {
    bench.deliver('s', people);
    const { result, row } = await bench.sync('s');
    expect(row).toMatchObject({ error_code: null, balanced: true });
    expect(result).toBe('SUCCEEDED');
    expect(counts(row)).toEqual({ read: 450, created: 450, live_after: 450 });
    expect(row['source_digest']).toEqual(row['store_digest']);
    expect((await bench.db.admin(`SELECT count(*)::int AS n FROM data.property_occupancy`))[0]).toEqual({ n: 450 });
  });

  it('recognises unchanged rows, however ordered', async () => {
    bench.deliver('s', [...people].reverse());
    const { row } = await bench.sync('s');
    expect(counts(row)).toEqual({ read: 450, unchanged: 450, live_before: 450, live_after: 450 });
    expect(row['balanced']).toBe(true);
  });

  it('counts changes, deletions by absence and by message, duplicates and revivals where they happen', async () => {
    const changed = people.slice(0, 5).map((one) => ({ ...one, name: '改名' }));
    const gone = people.slice(440).map((one) => ({ no: one.no, gone: '1' }));
    bench.deliver('s', [...changed, ...people.slice(5, 430), people[7]!, { ...people[8]!, name: '重复' }, ...gone]);
    const { row } = await bench.sync('s');
    expect(counts(row)).toEqual({
      read: 442,
      updated: 5,
      unchanged: 425,
      deleted_by_message: 10,
      deleted_by_absence: 10,
      quarantined: 1,
      skipped: 1,
      live_before: 450,
      live_after: 430,
    });
    expect(row['balanced']).toBe(true);
    expect(row['skipped_reasons']).toEqual({ duplicate: 1 });
    expect(await bench.db.admin(`SELECT key, n, reason, shape FROM data.quarantine WHERE resolved_at IS NULL`)).toEqual(
      [{ key: 'P0000008', n: null, reason: 'DUPLICATE_KEY_DIFFERS', shape: 'row 432' }],
    );
    expect((await bench.db.admin(`SELECT count(*)::int AS n FROM data.person_version`))[0]).toEqual({ n: 25 });
    bench.deliver('s', people);
    const back = await bench.sync('s');
    expect(counts(back.row)).toEqual({
      read: 450,
      updated: 5,
      unchanged: 425,
      revived: 20,
      live_before: 430,
      live_after: 450,
    });
    expect(back.row['balanced']).toBe(true);
  });

  it('keeps a full value when the source masks it, and says from which run', async () => {
    const masked = people.map((one, index) =>
      index === 0 ? { ...one, phone: '139****0000', id: '990101********0011' } : one,
    );
    bench.deliver('s', masked);
    const before = await bench.db.admin(
      `SELECT mobile, id_number_sealed, id_number_index, run FROM data.person WHERE key = 'P0000000'`,
    );
    const { row } = await bench.sync('s');
    expect(row['balanced']).toBe(true);
    const after = await bench.db.admin(
      `SELECT mobile, id_number_sealed, id_number_index, states FROM data.person WHERE key = 'P0000000'`,
    );
    expect(after[0]).toMatchObject({
      mobile: before[0]!['mobile'],
      id_number_sealed: before[0]!['id_number_sealed'],
      id_number_index: before[0]!['id_number_index'],
    });
    expect(after[0]!['states']).toBe(`idNumber=K${before[0]!['run']};mobile=K${before[0]!['run']}`);
  });

  it('quarantines a bad record, keeps its last good version live, and resolves it when it is good again', async () => {
    bench.deliver(
      's',
      people.map((one, index) => (index === 3 ? { ...one, sex: '7' } : one)),
    );
    const { row, result } = await bench.sync('s');
    expect(result).toBe('SUCCEEDED');
    expect(counts(row)).toMatchObject({ quarantined: 1, live_after: 450 });
    expect(row['balanced']).toBe(true);
    const [bad] = await bench.db.admin(
      `SELECT key, reason, pointer, body FROM data.quarantine WHERE resolved_at IS NULL`,
    );
    expect(bad).toMatchObject({ key: 'P0000003', reason: 'MAPPING_UNKNOWN_CODE', pointer: '/sex' });
    expect(String(bad!['body'])).not.toContain('P0000003');
    bench.deliver('s', people);
    await bench.sync('s');
    expect(await bench.db.admin(`SELECT 1 FROM data.quarantine WHERE resolved_at IS NULL`)).toEqual([]);
  });

  it('deletes nothing when the scan is short, a key is unreadable, or too much would go', async () => {
    bench.deliver('s', people.slice(0, 400), 450);
    const short = await bench.sync('s');
    expect(short.result).not.toBe('SUCCEEDED');
    bench.deliver('s', [...people.slice(1, 450), { name: '无主键' } as never]);
    const unreadable = await bench.sync('s');
    expect(unreadable.row).toMatchObject({ state: 'PARTIAL', error_code: 'SYNC_KEYS_UNREADABLE', origin: 'source' });
    bench.deliver('s', people.slice(0, 300));
    const mass = await bench.sync('s');
    expect(mass.row).toMatchObject({
      state: 'HELD',
      error_code: 'SYNC_MASS_DELETE',
      error: { doomed: 150, live: 450 },
    });
    expect((await bench.db.admin(`SELECT count(*)::int AS n FROM data.person WHERE gone_run IS NULL`))[0]).toEqual({
      n: 450,
    });
    const approved = await bench.sync('s', { approveDeletes: 'the estate was sold' });
    expect(approved.row).toMatchObject({ state: 'SUCCEEDED', balanced: true, deleted_by_absence: '150' });
  });

  it('re-reads everything under a new mapping without calling it changed', async () => {
    await bench.source('m');
    bench.deliver('m', people);
    await bench.sync('m');
    const hash = await bench.db.admin(`SELECT adapter_hash FROM control.source WHERE id = 'm'`);
    await bench.db.admin(`UPDATE control.stream SET mapping_hash = 'another' WHERE source = 'm'`);
    const { row } = await bench.sync('m');
    expect(counts(row)).toEqual({ read: 450, unchanged: 450, live_before: 450, live_after: 450 });
    expect(row['balanced']).toBe(true);
    expect(
      (await bench.db.admin(`SELECT mapping_hash FROM control.stream WHERE source = 'm'`))[0]!['mapping_hash'],
    ).toBe(hash[0]!['adapter_hash']);
  });

  it('leaves evidence of every page and of the end, with no personal value in it', async () => {
    const events = await bench.db.admin<{ code: string; body: Buffer }>(`SELECT code, body FROM ledger.event`);
    const codes = new Set(events.map((event) => event.code));
    for (const code of ['SOURCE_ADDED', 'SYNC_STARTED', 'SYNC_PAGE_COMMITTED', 'SYNC_RUN_ENDED'])
      expect(codes).toContain(code);
    const text = events.map((event) => event.body.toString()).join('\n');
    for (const person of people.slice(0, 20)) {
      expect(text).not.toContain(person.id);
      expect(text).not.toContain(person.phone);
    }
  });

  it('is ended once, though a second worker saw it open and comes for it after the first has ended it', async () => {
    const run = await bench.queueRun('s');
    const never = new AbortController().signal;
    const { database } = bench.engine;
    let looked = false;
    const late = Object.create(database) as typeof database;
    late.withContext = async (...words: Parameters<typeof database.withContext>) => {
      const seen = await database.withContext(...words);
      if (!looked) {
        looked = true;
        await runStream(bench.engine, run, never);
      }
      return seen as never;
    };
    expect(await runStream({ ...bench.engine, database: late, owner: 'late' }, run, never)).toBe('SUCCEEDED');
    const [row] = await bench.db.admin(
      `SELECT r.state, s.owner, (SELECT count(*)::int FROM ledger.event WHERE code = 'SYNC_RUN_ENDED'
         AND (convert_from(body, 'UTF8')::jsonb ->> 'run')::int = r.id) AS ends
       FROM control.sync_run r JOIN control.stream s ON s.id = r.stream WHERE r.id = $1`,
      [run],
    );
    expect(row).toEqual({ state: 'SUCCEEDED', owner: null, ends: 1 });
  });
});
