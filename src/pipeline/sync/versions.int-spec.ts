import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import iconv from 'iconv-lite';
import type { AdapterManifest } from '../adapter-kit/index.js';
import { loadAdapter } from '../conform/index.js';
import { addSource } from './index.js';
import { syncBench, syntheticId, type SyncBench } from '../../../test/kit/sync-bench.js';

const ADAPTER = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'adapters', 'police-household');
const COLUMNS =
  'rynbid,ryid,hhnbid,gmsfhm,xm,cym,xb,mz,csrq,hyzk,yhzgx,hh,hb,ssxq,jcwh,jlx,mlph,mlxz,pcs,dhhm,ryzt,jlbz,cxbz,qysj,jssj,swrq';

/** One version row of one person, as a police drop holds it. */
const version = (row: { id: string; name: string; from: string; to?: string; reversal?: '0' | '1' | '2' }): string =>
  [
    row.id,
    'R1',
    'H1',
    syntheticId(1),
    row.name,
    '',
    '1',
    '01',
    '19500101',
    '20',
    '02',
    'HH1',
    '10',
    '990101',
    '990101001001',
    '',
    '',
    '测试省测试市测试区一号路1号阳光花园1幢1单元101室',
    '990101',
    '',
    '0',
    row.to ? '2' : '1',
    row.reversal ?? '0',
    row.from,
    row.to ?? '',
    '',
  ].join(',');

describe('versions of one person', () => {
  let bench: SyncBench;
  let drop: string;
  let day = 20260101;
  beforeAll(async () => {
    bench = await syncBench({ pageSize: 2 });
    drop = join(bench.db.home, 'police');
    mkdirSync(drop);
    for (const kind of ['HXXB_20260101.csv']) {
      writeFileSync(join(drop, kind), 'hhnbid,hh,hlx,hzxm,hzgmsfhm,ssxq,jcwh,mlxz,pcs,jhrq\r\n');
      writeFileSync(join(drop, `${kind}.ok`), 'rows=0');
    }
    await bench.db.database.withContext('worker', { actor: 'test' }, (tx) =>
      addSource(tx, bench.keyring, {
        id: 'police',
        adapter: loadAdapter<AdapterManifest & Record<string, unknown>>(ADAPTER),
        settings: { directory: drop },
        secrets: {},
        demo: false,
        scheduleSeconds: null,
        actor: 'test',
      }),
    );
  });
  afterAll(() => bench.close());

  async function deliver(rows: string[]): Promise<string[]> {
    for (const suffix of ['', '.ok']) rmSync(join(drop, `CZRKJBXXB_${day}.csv${suffix}`), { force: true });
    const file = join(drop, `CZRKJBXXB_${++day}.csv`);
    writeFileSync(file, iconv.encode([COLUMNS, ...rows, ''].join('\r\n'), 'gb18030'));
    writeFileSync(`${file}.ok`, `rows=${rows.length}`);
    const { row } = await bench.sync('police');
    expect(row).toMatchObject({ balanced: true });
    const current = await bench.db.admin<{ key: string }>(
      `SELECT key FROM data.person WHERE person_key = 'R1' AND current AND gone_run IS NULL ORDER BY key`,
    );
    const registered = await bench.db.admin<{ key: string }>(
      `SELECT key FROM data.household_registration WHERE person_key = 'R1' AND current AND gone_run IS NULL ORDER BY key`,
    );
    expect(registered).toEqual(current);
    return current.map((one) => one.key);
  }
  const [first, second, third] = [
    version({ id: 'V1', name: '李一', from: '20010101000000', to: '20100101000000' }),
    version({ id: 'V2', name: '李二', from: '20100101000000', to: '20200101000000' }),
    version({ id: 'V3', name: '李三', from: '20200101000000' }),
  ];

  it('makes the latest one current, in whatever order they arrive', async () => {
    expect(await deliver([third!, first!, second!])).toEqual(['V3']);
    expect(await deliver([first!, third!, second!])).toEqual(['V3']);
  });

  it('goes back to the one before when the latest is reversed, and to none when all are', async () => {
    const reversed = (row: string): string =>
      row.replace(',0,2020', ',2,2020').replace(',0,2010', ',2,2010').replace(',0,2001', ',2,2001');
    expect(await deliver([first!, second!, reversed(third!)])).toEqual(['V2']);
    expect(await deliver([reversed(first!), reversed(second!), reversed(third!)])).toEqual([]);
    expect(await deliver([first!, second!, third!])).toEqual(['V3']);
  });

  it('falls back to an older version when the newest row vanishes from the register', async () => {
    expect(await deliver([first!, second!])).toEqual(['V2']);
  });
});
