import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runningGraph, type RunningGraph } from '../../../../test/kit/graph.js';
import { peopleAdapter } from '../../../../test/kit/people-adapter.js';
import { syncBench, syntheticPeople, type SyncBench } from '../../../../test/kit/sync-bench.js';

import { runStream, updateAdapter } from '../../../pipeline/sync/index.js';

const ITEM = `query ($id: ID!) { quarantineItem(id: $id) { id key reason pointer shape resolution resolvedReason
  values { pointer value access bad } } }`;
const HOLD = 'hold { code message cure since decision decidedBy decidedUnit decidedReason nextRun }';

describe('holds and the quarantine desk in the graph', () => {
  let bench: SyncBench;
  let graph: RunningGraph;
  const people = syntheticPeople(300);
  const spoilt = { ...people[0]!, sex: '7', room: `甲-${people[5]!.id}` };
  let id = '';
  beforeAll(async () => {
    bench = await syncBench({ pageSize: 500 });
    graph = await runningGraph({ db: bench.db, keyring: bench.keyring }, { executor: 'stitching' });
    await bench.source('desk');
    bench.deliver('desk', [spoilt, ...people.slice(1)]);
    expect((await bench.sync('desk')).row).toMatchObject({ state: 'SUCCEEDED', quarantined: '1' });
    const { body } = await graph.ask({ role: 'steward' }, '{ quarantine(source: "desk") { nodes { id } } }');
    id = body.data.quarantine.nodes[0].id;
  });
  afterAll(async () => {
    await graph.close();
    await bench.close();
  });
  const evidence = async (code: string) =>
    (await bench.db.admin<{ body: Buffer }>(`SELECT body FROM ledger.event WHERE code = $1 ORDER BY id`, [code])).map(
      ({ body }) => JSON.parse(String(body)) as Record<string, unknown>,
    );

  it('shows shape and place without a purpose, and no value', async () => {
    for (const role of ['steward', 'vendor', 'supervisor', 'operator'] as const) {
      const { body } = await graph.ask({ role }, ITEM, { id });
      expect(body.errors).toBeUndefined();
      expect(body.data.quarantineItem).toMatchObject({ id, key: 'P0000000', pointer: '/sex', values: null });
      expect(body.extensions.disclosure).toContainEqual(
        expect.objectContaining({ path: ['quarantineItem', 'values'], access: 'WITHHELD', unlock: 'purpose' }),
      );
    }
    expect(await evidence('QUARANTINE_READ')).toEqual([]);
    const department = await graph.ask({ role: 'department', purpose: 'residence-check' }, ITEM, { id });
    expect(department.body.errors[0].extensions.code).toBe('FORBIDDEN');
  });

  it('gives values for a purpose and case to those with a grant, identifiers masked wherever they stand, with evidence', async () => {
    const { body } = await graph.ask({ role: 'steward', purpose: 'data-correction' }, ITEM, { id });
    expect(body.errors).toBeUndefined();
    const values = Object.fromEntries(
      body.data.quarantineItem.values.map((one: { pointer: string; value: string }) => [one.pointer, one.value]),
    );
    expect(values).toEqual({
      '/no': spoilt.no,
      '/name': spoilt.name,
      '/id': `${spoilt.id!.slice(0, 4)}${'*'.repeat(10)}${spoilt.id!.slice(-4)}`,
      '/sex': '7',
      '/phone': spoilt.phone,
      '/room': `甲-${people[5]!.id!.slice(0, 4)}${'*'.repeat(10)}${people[5]!.id!.slice(-4)}`,
    });
    expect(body.data.quarantineItem.values.filter((one: { bad: boolean }) => one.bad)).toMatchObject([
      { pointer: '/sex' },
    ]);
    expect(await evidence('QUARANTINE_READ')).toEqual([
      expect.objectContaining({
        source: 'desk',
        rows: 1,
        role: 'steward',
        purpose: 'data-correction',
        caseNo: 'TEST-2026-1',
        masked: ['Person.idNumber'],
      }),
    ]);
    for (const role of ['vendor', 'steward'] as const) {
      const purpose = role === 'vendor' ? 'data-correction' : 'residence-check';
      const refused = await graph.ask({ role, purpose }, ITEM, { id });
      expect(refused.body.data.quarantineItem.values).toBeNull();
    }
  });

  it('keeps the record sealed at rest', async () => {
    const [row] = await bench.db.admin<{ body: Buffer }>(`SELECT body FROM data.quarantine`);
    for (const secret of [
      spoilt.id!,
      spoilt.phone!,
      spoilt.name!,
      Buffer.from(spoilt.id!).toString('base64').slice(0, 16),
    ])
      expect(row!.body.includes(secret)).toBe(false);
  });

  it('replays after a mended mapping, and settles with a reason', async () => {
    const REPLAY =
      'mutation ($source: ID!, $ids: [ID!]) { replayQuarantine(source: $source, ids: $ids) { id mode state } }';
    await bench.db.database.withContext('worker', { actor: 'test' }, (tx) =>
      updateAdapter(tx, 'desk', peopleAdapter({ version: '2.0.0', sexes: { 7: '9' } })),
    );
    const nothing = await graph.ask({ role: 'steward' }, REPLAY, { source: 'desk', ids: [`1/${'0'.repeat(32)}`] });
    expect(nothing.body.errors[0].extensions.code).toBe('NOT_FOUND');
    const { body } = await graph.ask({ role: 'steward' }, REPLAY, { source: 'desk', ids: [id] });
    expect(body.data.replayQuarantine).toMatchObject([{ mode: 'replay', state: 'QUEUED' }]);
    const busy = await graph.ask({ role: 'steward' }, REPLAY, { source: 'desk', ids: [id] });
    expect(busy.body.errors[0].extensions).toMatchObject({ code: 'CONFLICT', reason: 'REPLAY_BUSY' });
    const run = Number(body.data.replayQuarantine[0].id);
    expect(await runStream(bench.engine, run, new AbortController().signal)).toBe('SUCCEEDED');
    const after = await graph.ask({ role: 'steward' }, ITEM, { id });
    expect(after.body.data.quarantineItem).toMatchObject({ resolution: 'REPLAYED' });
    bench.deliver('desk', [{ ...spoilt, sex: 'x' }, ...people.slice(1)]);
    await bench.sync('desk');
    const { body: list } = await graph.ask({ role: 'steward' }, '{ quarantine(source: "desk") { nodes { id } } }');
    const RESOLVE = 'mutation ($ids: [ID!]!, $reason: String!) { resolveQuarantine(ids: $ids, reason: $reason) }';
    const ids = list.data.quarantine.nodes.map((one: { id: string }) => one.id);
    const vendor = await graph.ask({ role: 'vendor' }, RESOLVE, { ids, reason: '不必' });
    expect(vendor.body.errors[0].extensions.code).toBe('FORBIDDEN');
    const settled = await graph.ask({ role: 'steward' }, RESOLVE, { ids, reason: '来源已登记' });
    expect(settled.body.data).toEqual({ resolveQuarantine: 1 });
  });

  it('tells why a run is held, and lets a steward or supervisor, not the vendor, approve or refuse it', async () => {
    const APPROVE = `mutation ($run: ID!, $reason: String!) { approveHold(run: $run, reason: $reason) { id state ${HOLD} } }`;
    bench.deliver('desk', people.slice(0, 200));
    const held = await bench.sync('desk');
    const { body } = await graph.ask({ role: 'vendor' }, `query ($id: ID!) { syncRun(id: $id) { state ${HOLD} } }`, {
      id: held.run,
    });
    expect(body.data.syncRun).toMatchObject({ state: 'HELD', hold: { code: 'SYNC_MASS_DELETE', decision: null } });
    expect(body.data.syncRun.hold.message).toContain('100/300');
    const order = { run: String(held.run), reason: '拆迁,街道已确认' };
    expect((await graph.ask({ role: 'vendor' }, APPROVE, order)).body.errors[0].extensions.code).toBe('FORBIDDEN');
    const empty = await graph.ask({ role: 'supervisor' }, APPROVE, { ...order, reason: ' ' });
    expect(empty.body.errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'REASON_NEEDED' });
    const approved = (await graph.ask({ role: 'steward' }, APPROVE, order)).body.data.approveHold;
    expect(approved).toMatchObject({
      state: 'HELD',
      hold: { decision: 'APPROVED', decidedBy: '测试经办', decidedUnit: '测试单位', decidedReason: order.reason },
    });
    expect(await runStream(bench.engine, Number(approved.hold.nextRun), new AbortController().signal)).toBe(
      'SUCCEEDED',
    );
    const again = await graph.ask({ role: 'supervisor' }, APPROVE, order);
    expect(again.body.errors[0].extensions).toMatchObject({ code: 'CONFLICT', reason: 'HOLD_DECIDED' });
    bench.deliver('desk', people.slice(0, 100));
    const next = await bench.sync('desk');
    const CANCEL = `mutation ($id: ID!, $reason: String) { cancelSync(id: $id, reason: $reason) { state ${HOLD} } }`;
    const refused = await graph.ask({ role: 'steward' }, CANCEL, { id: String(next.run), reason: '导出有误' });
    expect(refused.body.data.cancelSync).toMatchObject({
      state: 'CANCELLED',
      hold: { decision: 'REFUSED', decidedReason: '导出有误' },
    });
  });
});
