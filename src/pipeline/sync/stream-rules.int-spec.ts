import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { syncBench, syntheticPeople, type SyncBench } from '../../../test/kit/sync-bench.js';
import { cancelSync, runStream } from './index.js';

describe('rules of a stream', () => {
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

  it('gives a vanished row as many more complete scans as the stream grants, and forgives it when it returns', async () => {
    await bench.source('grace', { graceScans: 1 });
    bench.deliver('grace', people);
    await bench.sync('grace');
    bench.deliver('grace', people.slice(10));
    const first = await bench.sync('grace');
    expect(first.row).toMatchObject({ state: 'SUCCEEDED', balanced: true, deleted_by_absence: '0' });
    expect(await live('grace')).toBe(300);
    bench.deliver('grace', people.slice(5));
    const second = await bench.sync('grace');
    expect(second.row).toMatchObject({ state: 'SUCCEEDED', balanced: true, deleted_by_absence: '5', unchanged: '295' });
    bench.deliver('grace', people.slice(10));
    expect((await bench.sync('grace')).row).toMatchObject({ deleted_by_absence: '0', balanced: true });
    expect(await live('grace')).toBe(295);
  });

  it('stops before its next commit when the run is cancelled; what was committed stays, and a new run completes it', async () => {
    await bench.source('cancel');
    bench.deliver('cancel', people);
    let pages = 0;
    const run = await bench.queueRun('cancel');
    const result = await runStream(
      {
        ...bench.engine,
        afterStep: async (step) => {
          if (step !== 'statement' || ++pages !== 2) return;
          await bench.db.database.withContext('app', { actor: 'supervisor' }, (tx) =>
            cancelSync(tx, { run, actor: 'supervisor' }),
          );
        },
      },
      run,
      new AbortController().signal,
    );
    expect(result).toBe('CANCELLED');
    expect(await live('cancel')).toBe(100);
    expect((await bench.sync('cancel')).row).toMatchObject({
      state: 'SUCCEEDED',
      balanced: true,
      created: '200',
      unchanged: '100',
    });
  });

  it('sets aside whoever comes second under a key with other content, in whatever order and page, and says the row', async () => {
    await bench.source('twice');
    const other = { ...people[3]!, name: '另一个人' };
    const waiting = () =>
      bench.db.admin(
        `SELECT q.reason, q.shape, q.n FROM data.quarantine q JOIN control.stream t ON t.id = q.stream
         WHERE t.source = 'twice' AND q.resolved_at IS NULL`,
      );
    const stored = async () =>
      (
        await bench.db.admin(
          `SELECT p.name FROM data.person p JOIN control.stream t ON t.id = p.stream
        WHERE t.source = 'twice' AND p.key = $1`,
          [other.no],
        )
      )[0]!['name'];
    const expectBalanced = (row: Record<string, unknown>) => {
      expect(row).toMatchObject({
        state: 'SUCCEEDED',
        balanced: true,
        quarantined: '1',
        skipped: '0',
        live_after: '300',
      });
      expect(row['source_digest']).toEqual(row['store_digest']);
    };
    bench.deliver('twice', [...people.slice(0, 10), other, ...people.slice(10)]);
    expectBalanced((await bench.sync('twice')).row);
    expect(await waiting()).toEqual([{ reason: 'DUPLICATE_KEY_DIFFERS', shape: 'row 11, first row 4', n: null }]);
    bench.deliver('twice', [other, ...people]);
    expectBalanced((await bench.sync('twice')).row);
    expect(await stored()).toBe(people[3]!.name);
    bench.deliver('twice', [...people.slice(0, 3), ...people.slice(4), other, people[3]!]);
    expectBalanced((await bench.sync('twice')).row);
    expect(await waiting()).toMatchObject([{ reason: 'DUPLICATE_KEY_DIFFERS' }]);
    bench.deliver('twice', people);
    expect((await bench.sync('twice')).row).toMatchObject({ state: 'SUCCEEDED', balanced: true, quarantined: '0' });
    expect(await waiting()).toEqual([]);
  });

  it('does not take the bytes of before for a copy of what the scan has rewritten', async () => {
    await bench.source('rewrite');
    bench.deliver('rewrite', people);
    await bench.sync('rewrite');
    const changed = { ...people[0]!, name: '改名' };
    const pages = { pageSize: 10 };
    bench.deliver('rewrite', [changed, ...people.slice(1), people[0]!, changed]);
    const { row } = await bench.sync('rewrite', { engine: pages });
    expect(row).toMatchObject({ state: 'SUCCEEDED', balanced: true, updated: '1', quarantined: '1', skipped: '1' });
    expect(row['skipped_reasons']).toEqual({ duplicate: 1 });
  });

  it('takes the last word of an incremental stream, within a page and over pages', async () => {
    await bench.source('words', { mode: 'incremental' });
    const word = (name: string) => ({ ...people[0]!, name });
    bench.deliver('words', [word('甲'), word('乙'), ...people.slice(1, 150), word('丙')]);
    const { row } = await bench.sync('words');
    expect(row).toMatchObject({ state: 'SUCCEEDED', balanced: true, created: '150', updated: '1', quarantined: '0' });
    expect(row['skipped_reasons']).toEqual({ superseded: 1 });
    const [stored] = await bench.db.admin(
      `SELECT p.name FROM data.person p JOIN control.stream t ON t.id = p.stream WHERE t.source = 'words' AND p.key = $1`,
      [people[0]!.no],
    );
    expect(stored).toEqual({ name: '丙' });
  });

  it('sets aside the one record that the database refuses and lands the rest of the page', async () => {
    await bench.db.admin(`ALTER TABLE data.person ADD CONSTRAINT picky CHECK (name <> '库所不容')`);
    await bench.source('poison');
    bench.deliver(
      'poison',
      people.map((one, index) => (index === 42 ? { ...one, name: '库所不容' } : one)),
    );
    const { row } = await bench.sync('poison');
    expect(row).toMatchObject({ state: 'SUCCEEDED', balanced: true, quarantined: '1', created: '299' });
    expect(
      await bench.db.admin(`SELECT reason, shape FROM data.quarantine WHERE reason <> 'DUPLICATE_KEY_DIFFERS'`),
    ).toEqual([{ reason: 'SYNC_ROW_REFUSED', shape: 'SQLSTATE 23514' }]);
  });

  it('holds a stream with more than 1 % bad records and deletes nothing', async () => {
    await bench.source('bad');
    bench.deliver('bad', people);
    await bench.sync('bad');
    bench.deliver(
      'bad',
      people.slice(0, 280).map((one, index) => (index < 9 ? { ...one, sex: '7' } : one)),
    );
    const { row } = await bench.sync('bad');
    expect(row).toMatchObject({
      state: 'HELD',
      origin: 'source',
      error_code: 'SYNC_TOO_MANY_BAD',
      deleted_by_absence: '0',
    });
    expect(await live('bad')).toBe(300);
    expect(
      await bench.db.admin(
        `SELECT hold_code FROM control.stream_control c JOIN control.stream s ON s.id = c.stream WHERE source = 'bad'`,
      ),
    ).toEqual([{ hold_code: 'SYNC_TOO_MANY_BAD' }]);
  });

  it('lets one worker at a time write a stream, and refuses the page of one whose lease was taken over', async () => {
    await bench.source('lease');
    bench.deliver('lease', people);
    const run = await bench.queueRun('lease');
    let other: Promise<unknown> | undefined;
    const slow = await runStream(
      {
        ...bench.engine,
        afterStep: async (step) => {
          if (step !== 'control' || other) return;
          expect(await runStream({ ...bench.engine, owner: 'second' }, run, new AbortController().signal)).toBe('BUSY');
          other = Promise.resolve();
        },
      },
      run,
      new AbortController().signal,
    );
    expect(slow).toBe('SUCCEEDED');
    bench.deliver(
      'lease',
      people.map((one) => ({ ...one, name: `${one.name}改` })),
    );
    const next = await bench.queueRun('lease');
    let pages = 0;
    const stale = await runStream(
      {
        ...bench.engine,
        afterStep: async (step) => {
          if (step !== 'control' || ++pages !== 1) return;
          void bench.db
            .admin(`UPDATE control.stream SET epoch = epoch + 1, lease_until = '-infinity' WHERE source = 'lease'`)
            .catch(() => undefined);
        },
      },
      next,
      new AbortController().signal,
    );
    expect(stale).toBe('LOST');
    expect(await runStream(bench.engine, next, new AbortController().signal)).toBe('SUCCEEDED');
    const [row] = await bench.db.admin(`SELECT balanced, read, updated FROM control.sync_run WHERE id = $1`, [next]);
    expect(row).toEqual({ balanced: true, read: '300', updated: '300' });
  });

  it('keeps the cursor of an incremental stream and deletes nothing for being absent', async () => {
    await bench.source('incremental', { mode: 'incremental' });
    bench.deliver('incremental', people.slice(0, 200));
    expect((await bench.sync('incremental')).row).toMatchObject({ state: 'SUCCEEDED', created: '200' });
    bench.deliver('incremental', people.slice(200, 260));
    const { row } = await bench.sync('incremental');
    expect(row).toMatchObject({
      state: 'SUCCEEDED',
      balanced: true,
      read: '60',
      created: '60',
      deleted_by_absence: '0',
      live_after: '260',
    });
  });
});
