import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { AdapterManifest } from '../../../pipeline/adapter-kit/index.js';
import { loadAdapter } from '../../../pipeline/conform/index.js';
import { addSource } from '../../../pipeline/sync/index.js';
import { ROOT } from '../../../../test/kit/built.js';
import { syncBench } from '../../../../test/kit/sync-bench.js';
import { syncedTown, type SyncedTown } from '../../../../test/kit/synced-town.js';
import { forgetDemo, KEPT } from './forget-demo.repository.js';

jest.setTimeout(240_000);
let town: SyncedTown;
beforeAll(async () => {
  town = await syncedTown({ people: 60, seed: 5 });
});
afterAll(() => town.close());

const adapter = (name: string) => loadAdapter<AdapterManifest & Record<string, unknown>>(join(ROOT, 'adapters', name));

/** A row in every table that looks, pushes and holds of a synced town leave behind. */
async function liveIn({ db }: SyncedTown): Promise<void> {
  await db.admin(`INSERT INTO control.source_gate (source) SELECT id FROM control.source ON CONFLICT DO NOTHING`);
  await db.admin(
    `INSERT INTO control.lookup_state (source, breaker, last_call_at, last_ms)
     SELECT id, 'CLOSED', clock_timestamp(), 1 FROM control.source`,
  );
  await db.admin(`INSERT INTO control.hold (stream, run, code, adapter_hash)
     SELECT stream, id, 'SYNC_MASS_DELETE', adapter_hash FROM control.sync_run`);
  await db.admin(`INSERT INTO control.push_seen (stream, event) SELECT id, '\\x01' FROM control.stream`);
  await db.admin(`INSERT INTO data.push_inbox (stream, event, body) SELECT id, '\\x01', '\\x02' FROM control.stream`);
  await db.admin(`INSERT INTO data.push_mark (stream, key, occurred_at) SELECT id, 'k', now() FROM control.stream`);
}

const filledTables = async ({ db }: SyncedTown): Promise<string[]> => {
  const tables = await db.admin<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE relnamespace IN ('control'::regnamespace, 'data'::regnamespace) AND relkind = 'r' ORDER BY 1`,
  );
  const filled: string[] = [];
  for (const { name } of tables) if ((await db.admin(`SELECT 1 FROM ${name} LIMIT 1`)).length) filled.push(name);
  return filled;
};

it('forgets a town that lived, whatever tables there are, and makes room for a real source', async () => {
  const { database } = town.db;
  await liveIn(town);
  expect(await filledTables(town)).toContain('data.person');
  const sources = await database.withContext('worker', { actor: 'test' }, forgetDemo);
  expect(sources).toEqual(['civil', 'police', 'property', 'telecom']);
  expect((await filledTables(town)).filter((name) => !KEPT.includes(name))).toEqual([]);

  const bench = await syncBench({ on: town.db, keysDir: town.keysDir });
  const directory = join(town.db.home, 'ledger');
  mkdirSync(directory);
  writeFileSync(join(directory, '1.csv'), '姓名,身份证号,性别,联系电话\n测甲,990101195001011005,男,15000000010\n');
  const settings = { directory };
  const real = { id: 'ledger', adapter: adapter('example-csv'), secrets: {}, demo: false, scheduleSeconds: null };
  await database.withContext('worker', { actor: 'test' }, (tx) =>
    addSource(tx, town.keyring, { ...real, settings, actor: 'test' }),
  );
  const { row } = await bench.sync('ledger');
  expect(row).toMatchObject({ read: '1', balanced: expect.any(Boolean) });
});
