import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peopleAdapter } from '../../../test/kit/people-adapter.js';
import { syncBench, syntheticPeople, type SyncBench } from '../../../test/kit/sync-bench.js';
import { approveHold, cancelSync, runStream, updateAdapter, waitingHolds } from './index.js';

const by = { actor: 'token-1', unit: '测试街道', person: '测试经办' };

describe('a held stream', () => {
  let bench: SyncBench;
  const people = syntheticPeople(300);
  beforeAll(async () => {
    bench = await syncBench();
  });
  afterAll(() => bench.close());

  const live = async (source: string): Promise<number> =>
    (
      await bench.db.admin<{ n: number }>(
        `SELECT count(*)::int AS n FROM data.person p JOIN control.stream s ON s.id = p.stream WHERE s.source = $1 AND gone_run IS NULL`,
        [source],
      )
    )[0]!.n;
  const start = async (source: string, delivered: typeof people): Promise<void> => {
    await bench.source(source);
    bench.deliver(source, people);
    expect((await bench.sync(source)).row).toMatchObject({ state: 'SUCCEEDED' });
    bench.deliver(source, delivered);
  };
  const approve = (run: number, reason = '小区已拆迁') =>
    bench.db.database.withContext('app', { actor: by.actor }, (tx) => approveHold(tx, { ...by, run, reason }));
  const go = async (run: number) => {
    await runStream(bench.engine, run, new AbortController().signal);
    return (await bench.db.admin(`SELECT * FROM control.sync_run WHERE id = $1`, [run]))[0]!;
  };
  const holdOf = async (run: number) =>
    (await bench.db.admin(`SELECT * FROM control.hold WHERE run = $1`, [run]))[0] as Record<string, unknown>;

  it('goes on after the approval of what it showed, with who and why on record and in evidence', async () => {
    await start('sold', people.slice(0, 200));
    const held = await bench.sync('sold');
    expect(held.row).toMatchObject({
      state: 'HELD',
      error_code: 'SYNC_MASS_DELETE',
      error: { doomed: 100, live: 300 },
    });
    expect(await live('sold')).toBe(300);
    await expect(approve(held.run, ' ')).rejects.toMatchObject({ code: 'REASON_NEEDED' });
    await expect(approve(held.run, '据 990101198809022958 本人')).rejects.toMatchObject({ code: 'REASON_NEEDED' });
    const { run } = await approve(held.run);
    await expect(approve(held.run)).rejects.toMatchObject({ code: 'HOLD_DECIDED' });
    expect(await go(run)).toMatchObject({ state: 'SUCCEEDED', balanced: true, deleted_by_absence: '100' });
    expect(await live('sold')).toBe(200);
    expect(await holdOf(held.run)).toMatchObject({
      decision: 'APPROVED',
      decided_by: by.actor,
      decided_person: by.person,
      decided_reason: '小区已拆迁',
      next_run: run,
    });
    const events = await bench.db.admin<{ body: Buffer }>(`SELECT body FROM ledger.event WHERE code = 'SYNC_RELEASED'`);
    expect(events.map(({ body }) => JSON.parse(String(body)) as unknown)).toEqual([
      expect.objectContaining({ ...by, run: held.run, reason: 'SYNC_MASS_DELETE', statement: '小区已拆迁' }),
    ]);
    bench.deliver('sold', people.slice(0, 150));
    expect((await bench.sync('sold')).row).toMatchObject({ state: 'HELD', error: { doomed: 50, live: 200 } });
  });

  it('is held again when one more row would go, or others in their place', async () => {
    await start('more', people.slice(0, 200));
    const held = await bench.sync('more');
    bench.deliver('more', people.slice(0, 199));
    expect(await go((await approve(held.run)).run)).toMatchObject({ state: 'HELD', error: { doomed: 101, live: 300 } });
    bench.deliver('more', people.slice(100));
    expect((await bench.sync('more')).row).toMatchObject({ state: 'HELD', error: { doomed: 100, live: 300 } });
    await expect(approve(held.run)).rejects.toMatchObject({ code: 'HOLD_DECIDED' });
    bench.deliver('more', people.slice(0, 210));
    expect((await bench.sync('more')).row).toMatchObject({ state: 'SUCCEEDED', deleted_by_absence: '90' });
  });

  it('cannot be approved on what an older run showed', async () => {
    await start('old', people.slice(0, 200));
    const first = await bench.sync('old');
    bench.deliver('old', people.slice(0, 150));
    const second = await bench.sync('old');
    await expect(approve(first.run)).rejects.toMatchObject({ code: 'HOLD_OUTDATED' });
    const waiting = await bench.db.database.withContext('worker', { actor: 't' }, (tx) => waitingHolds(tx, 'old'));
    expect(waiting.map(({ run }) => run)).toEqual([second.run]);
    await expect(approve(999_999)).rejects.toMatchObject({ code: 'HOLD_UNKNOWN' });
  });

  it('deletes nothing when what it showed is refused', async () => {
    await start('refused', people.slice(0, 200));
    const held = await bench.sync('refused');
    await bench.db.database.withContext('app', { actor: by.actor }, (tx) =>
      cancelSync(tx, { ...by, run: held.run, reason: '数据源导出有误' }),
    );
    expect(await bench.db.admin(`SELECT state FROM control.sync_run WHERE id = $1`, [held.run])).toEqual([
      { state: 'CANCELLED' },
    ]);
    expect(await holdOf(held.run)).toMatchObject({ decision: 'REFUSED', decided_reason: '数据源导出有误' });
    await expect(approve(held.run)).rejects.toMatchObject({ code: 'HOLD_DECIDED' });
    expect((await bench.sync('refused')).row).toMatchObject({ state: 'HELD' });
    expect(await live('refused')).toBe(300);
    bench.deliver('refused', people);
    expect((await bench.sync('refused')).row).toMatchObject({ state: 'SUCCEEDED', unchanged: '300' });
  });

  it('stands by the word on bad records until there are more of them', async () => {
    const spoilt = (count: number) => people.map((one, index) => (index < count ? { ...one, sex: '7' } : one));
    await start('bad', spoilt(9));
    const held = await bench.sync('bad');
    expect(held.row).toMatchObject({ state: 'HELD', error_code: 'SYNC_TOO_MANY_BAD', error: { quarantined: 9 } });
    expect(await go((await approve(held.run)).run)).toMatchObject({ state: 'SUCCEEDED', quarantined: '9' });
    expect((await bench.sync('bad')).row).toMatchObject({ state: 'SUCCEEDED', balanced: true, quarantined: '9' });
    bench.deliver('bad', spoilt(10));
    expect((await bench.sync('bad')).row).toMatchObject({ state: 'HELD', error: { quarantined: 10 } });
    bench.deliver('bad', people);
    expect((await bench.sync('bad')).row).toMatchObject({ state: 'SUCCEEDED', quarantined: '0' });
    bench.deliver('bad', spoilt(9));
    expect((await bench.sync('bad')).row).toMatchObject({ state: 'HELD', error: { quarantined: 9 } });
  });

  it('does not wipe a field that records suddenly lack, and goes on without it once that is approved', async () => {
    const renamed = people.map(({ phone, ...one }) => ({ ...one, mobile: phone }));
    await start('drift', renamed);
    const held = await bench.sync('drift');
    expect(held.row).toMatchObject({ state: 'HELD', error_code: 'SYNC_FIELDS_LOST', error: { fields: 'phone' } });
    expect(held.row).toMatchObject({ read: '0', updated: '0' });
    expect(await go((await approve(held.run)).run)).toMatchObject({ state: 'SUCCEEDED', updated: '300' });
    bench.deliver(
      'drift',
      renamed.map(({ name, ...one }) => ({ ...one, names: name })),
    );
    expect((await bench.sync('drift')).row).toMatchObject({ state: 'HELD', error: { fields: 'name' } });
  });

  it('does not take a field for lost that was not in every record', async () => {
    await bench.source('optional');
    bench.deliver(
      'optional',
      people.map(({ room, ...one }, index) => (index % 9 ? { ...one, room: room! } : one)),
    );
    await bench.sync('optional');
    bench.deliver(
      'optional',
      people.map(({ room: _room, ...one }) => one),
    );
    expect((await bench.sync('optional')).row).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('reads nothing under another key until that is approved; then the old keys wait for their own word', async () => {
    await start('key', people);
    await bench.db.database.withContext('worker', { actor: 'test' }, (tx) =>
      updateAdapter(tx, 'key', peopleAdapter({ key: 'room' })),
    );
    const held = await bench.sync('key');
    expect(held.row).toMatchObject({
      state: 'HELD',
      origin: 'mapping',
      error_code: 'SYNC_KEY_CHANGED',
      error: { before: 'no', after: 'room' },
      read: '0',
    });
    const next = await approve(held.run);
    expect(await go(next.run)).toMatchObject({
      state: 'HELD',
      error_code: 'SYNC_MASS_DELETE',
      error: { doomed: 300, live: 300, created: 300 },
    });
    expect(await go((await approve(next.run)).run)).toMatchObject({ state: 'SUCCEEDED', deleted_by_absence: '300' });
    expect(await live('key')).toBe(300);
  });

  it('is not approved by a word on another adapter', async () => {
    await start('swap', people.slice(0, 200));
    const held = await bench.sync('swap');
    await bench.db.database.withContext('worker', { actor: 'test' }, (tx) =>
      updateAdapter(tx, 'swap', peopleAdapter({ version: '2.0.0' })),
    );
    await expect(approve(held.run)).rejects.toMatchObject({ code: 'HOLD_OUTDATED' });
  });
});

describe('a snapshot that failed, is empty or was cut', () => {
  let bench: SyncBench;
  const people = syntheticPeople(15);
  beforeAll(async () => {
    bench = await syncBench({ pageSize: 5 });
  });
  afterAll(() => bench.close());

  const after = async (source: string, deliver: (file: string) => void) => {
    await bench.source(source);
    bench.deliver(source, people);
    await bench.sync(source);
    deliver(join(bench.db.home, `drop-${source}`, 'people_999999.jsonl'));
    const { row } = await bench.sync(source);
    const [left] = await bench.db.admin(
      `SELECT count(*)::int AS n FROM data.person p JOIN control.stream s ON s.id = p.stream WHERE s.source = $1 AND gone_run IS NULL`,
      [source],
    );
    return { ...row, left: left!['n'] };
  };
  const lines = people.map((one) => `${JSON.stringify(one)}\n`).join('');

  it('deletes nothing when the file was cut within a record, even where the marker agrees', async () => {
    const row = await after('truncated', (file) => {
      writeFileSync(file, lines.slice(0, lines.length / 2));
      writeFileSync(`${file}.ok`, `rows=${lines.slice(0, lines.length / 2).split('\n').length}`);
    });
    expect(row).toMatchObject({ state: 'PARTIAL', error_code: 'SYNC_KEYS_UNREADABLE', origin: 'source', left: 15 });
    expect(row).toMatchObject({ deleted_by_absence: '0', quarantined: '1' });
  });

  it('deletes nothing when the file holds fewer records than its marker says', async () => {
    const row = await after('short', (file) => {
      writeFileSync(file, lines.slice(0, lines.indexOf('\n', lines.length / 2) + 1));
      writeFileSync(`${file}.ok`, 'rows=15');
    });
    expect(row).toMatchObject({
      state: 'FAILED',
      error_code: 'CONNECTOR_ROW_COUNT',
      deleted_by_absence: '0',
      left: 15,
    });
  });

  it('deletes nothing when the file is empty and says so, however few records there are', async () => {
    const row = await after('empty', (file) => {
      writeFileSync(file, '');
      writeFileSync(`${file}.ok`, 'rows=0');
    });
    expect(row).toMatchObject({ state: 'HELD', error_code: 'SYNC_SNAPSHOT_EMPTY', deleted_by_absence: '0', left: 15 });
  });

  it('deletes nothing when the file is gone', async () => {
    const row = await after('none', () => {
      for (const name of ['people_000004.jsonl', 'people_000004.jsonl.ok'])
        unlinkSync(join(bench.db.home, 'drop-none', name));
    });
    expect(row).toMatchObject({ state: 'QUEUED', error_code: 'CONNECTOR_FILE_MISSING', left: 15 });
  });
});
