import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AdapterManifest } from '../adapter-kit/index.js';
import { loadAdapter } from '../conform/index.js';
import { ADAPTERS } from '../../../test/kit/bundled.js';
import { syncBench, syntheticId, type SyncBench } from '../../../test/kit/sync-bench.js';
import { addSource } from './index.js';

describe('columns of a CSV ledger', () => {
  let bench: SyncBench;
  let delivery = 0;
  const rows = (order: readonly string[]): string[] =>
    Array.from({ length: 40 }, (_, index) => {
      const cells: Record<string, string> = {
        姓名: `测试${index}`,
        身份证号: syntheticId(index),
        性别: '男',
        联系电话: `139000000${10 + index}`,
      };
      return order.map((column) => cells[column]).join(',');
    });
  const deliver = (header: readonly string[], body: string[]): void =>
    writeFileSync(join(bench.db.home, 'ledger', `${++delivery}.csv`), [header.join(','), ...body, ''].join('\n'));
  beforeAll(async () => {
    bench = await syncBench();
    mkdirSync(join(bench.db.home, 'ledger'));
    const adapter = loadAdapter<AdapterManifest & Record<string, unknown>>(
      fileURLToPath(new URL('example-csv/', ADAPTERS)),
    );
    const settings = { directory: join(bench.db.home, 'ledger') };
    await bench.db.database.withContext('worker', { actor: 'test' }, (tx) =>
      addSource(tx, bench.keyring, {
        id: 'ledger',
        adapter,
        settings,
        secrets: {},
        demo: false,
        scheduleSeconds: null,
        actor: 'test',
      }),
    );
    deliver(FULL, rows(FULL));
    expect((await bench.sync('ledger')).row).toMatchObject({ state: 'SUCCEEDED', created: '40' });
  });
  afterAll(() => bench.close());
  const FULL = ['姓名', '身份证号', '性别', '联系电话'];

  it('may change places: every record is read anew and none is called changed', async () => {
    const moved = ['联系电话', '身份证号', '姓名', '性别'];
    deliver(moved, rows(moved));
    expect((await bench.sync('ledger')).row).toMatchObject({ state: 'SUCCEEDED', balanced: true, unchanged: '40' });
  });

  it('hold the stream when one is lost, even over equal bytes, and nothing stored is touched', async () => {
    const moved = ['联系电话', '身份证号', '姓名', '性别'];
    deliver(['紧急联系人电话', '身份证号', '姓名', '性别'], rows(moved));
    const { row } = await bench.sync('ledger');
    expect(row).toMatchObject({
      state: 'HELD',
      error_code: 'SYNC_COLUMNS_LOST',
      origin: 'source',
      error: { columns: '联系电话' },
      updated: '0',
    });
    expect(await bench.db.admin(`SELECT count(mobile)::int AS n FROM data.person`)).toEqual([{ n: 40 }]);
    deliver(FULL, rows(FULL));
    expect((await bench.sync('ledger')).row).toMatchObject({ state: 'SUCCEEDED', balanced: true, unchanged: '40' });
  });

  it('are not kept where a shifted file has a person for its header, nor by earlier versions for longer', async () => {
    const shifted = [...FULL, syntheticId(77), '某某'];
    await bench.db.admin(`UPDATE control.stream SET layout = $1`, [JSON.stringify(shifted)]);
    deliver(
      shifted,
      rows(FULL).map((row) => `${row},x,y`),
    );
    expect((await bench.sync('ledger')).row).toMatchObject({ state: 'SUCCEEDED', unchanged: '40' });
    const [{ layout }] = (await bench.db.admin<{ layout: string }>(`SELECT layout FROM control.stream`)) as [
      { layout: string },
    ];
    expect(layout).not.toMatch(/990101|某某/);
    expect(layout).toContain('身份证号');
    deliver(FULL, rows(FULL));
    expect((await bench.sync('ledger')).row).toMatchObject({ state: 'SUCCEEDED', unchanged: '40' });
  });

  it('sweep nothing when the number that is the key is spoilt', async () => {
    deliver(
      FULL,
      rows(FULL).map((row, index) => (index < 2 ? row.replace(/990101\d{8}/, '99010119991399') : row)),
    );
    const { row } = await bench.sync('ledger');
    expect(row).toMatchObject({ state: 'PARTIAL', error_code: 'SYNC_KEYS_UNREADABLE', deleted_by_absence: '0' });
  });
});
