import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MESSAGES } from '../../platform/messages/index.js';
import { previewAdapter } from './preview.js';

const ADAPTER = fileURLToPath(new URL('../../../adapters/example-csv', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'isthmus-preview-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('preview', () => {
  it('shows raw, mapped and problem side by side, and touches nothing', async () => {
    const lines = [
      '姓名,身份证号,性别,联系电话,备注',
      '张卫国,990101195001010010,男,13900000001,',
      '李秀英,990101196212310026,女,/,',
      '陈晨,990101198808080048,不明,13900000002,',
      '"王"磊,990101201010010053,男,,',
      '合计,4,,,',
      '刘洋,990101200002290038,男,139****0003,',
    ];
    writeFileSync(join(directory, 'a.csv'), lines.join('\r\n') + '\r\n');
    const before = [readdirSync(directory), statSync(join(directory, 'a.csv')).mtimeMs];
    const preview = await previewAdapter(ADAPTER, { directory }, 20);
    expect([readdirSync(directory), statSync(join(directory, 'a.csv')).mtimeMs]).toEqual(before);
    expect(preview.streams).toHaveLength(1);
    const { rows } = preview.streams[0]!;
    expect(rows.map((row) => [row.raw?.['姓名'] ?? null, row.state, row.problems[0]?.code ?? null])).toEqual([
      ['张卫国', 'accepted', null],
      ['李秀英', 'warning', 'ADAPTER_FIELD_STATE'],
      ['陈晨', 'rejected', 'MAPPING_UNKNOWN_CODE'],
      [null, 'rejected', 'CONNECTOR_RECORD_QUOTING'],
      ['合计', 'skipped', 'ADAPTER_ROW_SKIPPED'],
      ['刘洋', 'warning', 'ADAPTER_FIELD_STATE'],
    ]);
    expect(preview.summary).toEqual({ read: 6, accepted: 3, warnings: 2, rejected: 2, skipped: 1, deleted: 0 });
    expect(rows[0]!.records[0]).toMatchObject({ entity: 'Person', values: { name: '张卫国', sex: '1' } });
    for (const problem of rows.flatMap((row) => row.problems)) expect(MESSAGES).toHaveProperty(problem.code);
    expect(JSON.stringify(rows.map((row) => row.problems))).not.toMatch(/不明|0003/);
  });

  it('shows no more rows than asked for', async () => {
    expect((await previewAdapter(ADAPTER, { directory }, 2)).summary.read).toBe(2);
  });

  it('names a wrong setting', async () => {
    await expect(previewAdapter(ADAPTER, { path: directory }, 2)).rejects.toMatchObject({
      code: 'ADAPTER_SETTING_REQUIRED',
      where: { setting: 'directory' },
    });
  });
});
