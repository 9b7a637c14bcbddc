import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { peopleAdapter } from '../../../test/kit/people-adapter.js';
import { syncBench, syntheticPeople, type SyncBench } from '../../../test/kit/sync-bench.js';
import { runStream, updateAdapter } from '../sync/index.js';
import { orderReplay, settleItems } from './index.js';

const by = { actor: 'token-1', unit: '测试单位', person: '测试经办' };

describe('quarantined records', () => {
  let bench: SyncBench;
  const people = syntheticPeople(800);
  /** The first four are bad: 7, 7, 8, 8 is no sex of the code list. */
  const spoilt = people.map((one, index) => (index < 4 ? { ...one, sex: index < 2 ? '7' : '8' } : one));
  beforeAll(async () => {
    bench = await syncBench({ pageSize: 500 });
  });
  afterAll(() => bench.close());

  const app = <T>(work: Parameters<typeof bench.db.database.withContext<T>>[2]) =>
    bench.db.database.withContext<T>('app', { actor: by.actor }, work);
  const order = async (source: string, more: { ids?: string[]; reason?: string } = {}) =>
    (await app((tx) => orderReplay(tx, { ...by, source, ...more })))[0]!.run;
  const row = async (run: number) =>
    (await bench.db.admin(`SELECT * FROM control.sync_run WHERE id = $1`, [run]))[0] as Record<string, unknown>;
  const carryOut = async (run: number, engine: Partial<typeof bench.engine> = {}) => {
    await runStream({ ...bench.engine, ...engine }, run, new AbortController().signal);
    return row(run);
  };
  const waiting = (source: string) =>
    bench.db.admin<{ id: string; key: string; reason: string; times: number }>(
      `SELECT q.stream || '/' || encode(q.raw, 'hex') AS id, q.key, q.reason, q.times FROM data.quarantine q
       JOIN control.stream s ON s.id = q.stream WHERE s.source = $1 AND q.resolved_at IS NULL ORDER BY q.key`,
      [source],
    );
  const stored = async (source: string) =>
    (
      await bench.db.admin<{ n: number }>(
        `SELECT count(*)::int AS n FROM data.person p JOIN control.stream s ON s.id = p.stream WHERE s.source = $1 AND gone_run IS NULL`,
        [source],
      )
    )[0]!.n;
  const mend = (source: string, sexes: Record<string, string>, mode = 'snapshotDiff') =>
    bench.db.database.withContext('worker', { actor: 'test' }, (tx) =>
      updateAdapter(tx, source, peopleAdapter({ version: '2.0.0', sexes, mode })),
    );
  const start = async (source: string) => {
    await bench.source(source);
    bench.deliver(source, spoilt);
    expect((await bench.sync(source)).row).toMatchObject({ state: 'SUCCEEDED', quarantined: '4', created: '796' });
  };

  it('come in by a replay after the mapping was mended; its statement balances, and so does the next scan', async () => {
    await start('mended');
    const [before] = await bench.db.admin(`SELECT as_of, cursor FROM control.stream WHERE source = 'mended'`);
    await mend('mended', { 7: '9', 8: '9' });
    expect(await carryOut(await order('mended'))).toMatchObject({
      mode: 'replay',
      state: 'SUCCEEDED',
      balanced: true,
      mapping_version: '2.0.0',
      read: '4',
      created: '4',
      live_before: '796',
      live_after: '800',
    });
    expect(await waiting('mended')).toEqual([]);
    expect(await bench.db.admin(`SELECT as_of, cursor FROM control.stream WHERE source = 'mended'`)).toEqual([
      { ...before, cursor: null },
    ]);
    const next = (await bench.sync('mended')).row;
    expect(next).toMatchObject({ state: 'SUCCEEDED', balanced: true, unchanged: '800', quarantined: '0' });
    expect(next['source_digest']).toEqual(next['store_digest']);
  });

  it('that are still refused wait on, and are not counted as met again', async () => {
    await start('half');
    await mend('half', { 7: '9' });
    const done = await carryOut(await order('half'));
    expect(done).toMatchObject({ state: 'SUCCEEDED', balanced: true, read: '4', created: '2', quarantined: '2' });
    expect((await waiting('half')).map(({ key, times }) => [key, times])).toEqual([
      ['P0000002', 1],
      ['P0000003', 1],
    ]);
  });

  it('are taken up by reason or one by one, and by nobody while the stream is being synced', async () => {
    await start('some');
    await mend('some', { 7: '9', 8: '9' });
    const [first, second] = await waiting('some');
    await expect(order('some', { reason: 'MAPPING_KEY_MISSING' })).rejects.toMatchObject({
      code: 'QUARANTINE_NOTHING',
    });
    await expect(order('some', { ids: ['nonsense'] })).rejects.toMatchObject({ code: 'QUARANTINE_UNKNOWN' });
    expect(await carryOut(await order('some', { ids: [second!.id] }))).toMatchObject({ read: '1', created: '1' });
    expect((await waiting('some')).map(({ key }) => key)).toEqual(['P0000000', 'P0000002', 'P0000003']);
    await bench.queueRun('some');
    await expect(order('some', { reason: first!.reason })).rejects.toMatchObject({ code: 'REPLAY_BUSY' });
  });

  it('never put an older word over a newer one', async () => {
    await bench.source('newer', { mode: 'incremental' });
    bench.deliver('newer', [{ ...people[0]!, sex: '7' }, { ...people[1]!, sex: '7' }, ...people.slice(2, 50)]);
    await bench.sync('newer');
    bench.deliver('newer', [{ ...people[0]!, name: '新名' }, { name: '没有编号' } as (typeof people)[0]]);
    expect((await bench.sync('newer')).row).toMatchObject({ state: 'PARTIAL' });
    expect(await waiting('newer')).toHaveLength(3);
    await mend('newer', { 7: '9' }, 'incremental');
    const done = await carryOut(await order('newer'));
    expect(done).toMatchObject({ state: 'SUCCEEDED', balanced: true, read: '3', created: '1', quarantined: '1' });
    expect(done['skipped_reasons']).toEqual({ superseded: 1 });
    expect(
      await bench.db.admin(
        `SELECT p.name FROM data.person p JOIN control.stream s ON s.id = p.stream WHERE s.source = 'newer' AND p.key = $1`,
        [people[0]!.no],
      ),
    ).toEqual([{ name: '新名' }]);
  });

  it('of a stream of changes wait until their key is told of anew', async () => {
    await bench.source('changes', { mode: 'incremental' });
    bench.deliver('changes', [{ ...people[0]!, sex: '7' }, { ...people[1]!, sex: '7' }, ...people.slice(2, 50)]);
    await bench.sync('changes');
    bench.deliver('changes', [people[0]!]);
    expect((await bench.sync('changes')).row).toMatchObject({ state: 'SUCCEEDED', created: '1' });
    expect((await waiting('changes')).map(({ key }) => key)).toEqual([people[1]!.no]);
  });

  it('land once each when the worker dies between pages or loses its lease', async () => {
    await start('crash');
    await mend('crash', { 7: '9', 8: '9' });
    const run = await order('crash');
    for (const step of ['fence', 'records', 'statement', 'control']) {
      let pages = 0;
      const dies = {
        ...bench.engine,
        pageSize: 2,
        afterStep: (name: string): void => {
          if (name === step && ++pages === 1) throw Object.assign(new Error('gone'), { code: '57P01' });
        },
      };
      expect(await runStream(dies, run, new AbortController().signal)).toBe('QUEUED');
      expect([await stored('crash'), (await waiting('crash')).length]).toEqual([796, 4]);
    }
    let pages = 0;
    const frozen = {
      ...bench.engine,
      pageSize: 2,
      afterStep: (name: string): void => {
        if (name !== 'control' || ++pages !== 1) return;
        void bench.db
          .admin(`UPDATE control.stream SET epoch = epoch + 1, lease_until = '-infinity' WHERE source = 'crash'`)
          .catch(() => undefined);
      },
    };
    expect(await runStream(frozen, run, new AbortController().signal)).toBe('LOST');
    expect([await stored('crash'), (await waiting('crash')).length]).toEqual([798, 2]);
    expect(await carryOut(run, { pageSize: 2 })).toMatchObject({
      state: 'SUCCEEDED',
      balanced: true,
      read: '4',
      created: '4',
      live_after: '800',
    });
    expect((await bench.sync('crash')).row).toMatchObject({ state: 'SUCCEEDED', balanced: true, unchanged: '800' });
  });

  it('stay settled by a reason for the same bytes, and come back when they are refused for another', async () => {
    await start('settled');
    const ids = (await waiting('settled')).map(({ id }) => id);
    await expect(app((tx) => settleItems(tx, { ...by, ids, reason: '' }))).rejects.toMatchObject({
      code: 'REASON_NEEDED',
    });
    await expect(
      app((tx) => settleItems(tx, { ...by, ids: [...ids, `9/${'0'.repeat(32)}`], reason: '已核实' })),
    ).rejects.toMatchObject({ code: 'QUARANTINE_UNKNOWN' });
    expect(await app((tx) => settleItems(tx, { ...by, ids: ids.slice(0, 3), reason: '来源确认为历史数据' }))).toBe(3);
    expect((await bench.sync('settled')).row).toMatchObject({ state: 'SUCCEEDED', balanced: true, quarantined: '4' });
    expect((await waiting('settled')).map(({ key }) => key)).toEqual(['P0000003']);
    await bench.db.admin(`UPDATE data.quarantine SET reason = 'ANOTHER' WHERE key = 'P0000000'`);
    await bench.sync('settled');
    expect((await waiting('settled')).map(({ key }) => key)).toEqual(['P0000000', 'P0000003']);
    const events = await bench.db.admin<{ body: Buffer }>(
      `SELECT body FROM ledger.event WHERE code IN ('QUARANTINE_RESOLVED', 'QUARANTINE_REPLAYED') ORDER BY id`,
    );
    const said = events.map(({ body }) => JSON.parse(String(body)) as Record<string, unknown>);
    expect(said.at(-1)).toMatchObject({ ...by, source: 'settled', rows: 3, statement: '来源确认为历史数据' });
    expect(said[0]).toMatchObject({ ...by, source: 'mended', rows: 4 });
  });

  it('are not taken up when the source no longer says them', async () => {
    await start('left');
    bench.deliver('left', [...people.slice(0, 790), { name: '没有编号' } as (typeof people)[0]]);
    expect((await bench.sync('left')).row).toMatchObject({ state: 'PARTIAL' });
    await mend('left', { 7: '9', 8: '9' });
    const done = await carryOut(await order('left'));
    expect(done).toMatchObject({ state: 'SUCCEEDED', balanced: true, read: '5', created: '0', quarantined: '1' });
    expect(done['skipped_reasons']).toEqual({ 'not-met-again': 4 });
  });
});
