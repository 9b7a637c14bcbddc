import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres, type RunningPostgres } from './index.js';

describe('embedded PostgreSQL', () => {
  const home = mkdtempSync(join(tmpdir(), 'isthmus-pg-'));
  const options = { dataDir: join(home, 'pg'), password: 'test-only' };
  let running: RunningPostgres;
  beforeAll(async () => {
    running = await startPostgres(options);
  });
  afterAll(async () => {
    await running.stop();
    rmSync(home, { recursive: true, force: true });
  });
  const ask = async (sql: string): Promise<unknown> => {
    const client = new pg.Client({ connectionString: running.url() });
    await client.connect();
    try {
      return Object.values(((await client.query(sql)).rows[0] ?? {}) as object)[0];
    } finally {
      await client.end();
    }
  };

  it('answers as version 18 with UTF-8 and UTC', async () => {
    expect(await ask('show server_version_num')).toMatch(/^18/);
    expect(await ask('show server_encoding')).toBe('UTF8');
    expect(await ask("select lower('Ａ')")).toBe('ａ');
  });

  it('refuses a second owner of the same directory, naming the process', async () => {
    await expect(startPostgres(options)).rejects.toMatchObject({ code: 'POSTGRES_RUNNING' });
  });

  it('keeps its data over a restart', async () => {
    await ask('create table kept as select 7 as seven');
    await running.stop();
    running = await startPostgres(options);
    expect(await ask('select seven from kept')).toBe(7);
  });
});
