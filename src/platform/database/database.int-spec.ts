import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/kit/postgres.js';
import { migrate, migrationStatus } from './index.js';

describe('database', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
    await db.admin(`INSERT INTO data.subject_key VALUES ('police', 'p1', '\\x00')`);
  });
  afterAll(() => db.close());
  const passwordOf = (url: string): string => decodeURIComponent(new URL(url).password);

  it('applies every migration once, and a second start changes nothing', async () => {
    expect((await migrationStatus(db.adminUrl)).every((one) => one.applied)).toBe(true);
    expect(await migrate({ adminUrl: db.adminUrl, password: (role) => passwordOf(db.urlOf(role)) })).toEqual([]);
  });

  it('refuses a migration that was changed after it ran, and a database from the future', async () => {
    const again = () => migrate({ adminUrl: db.adminUrl, password: (role) => passwordOf(db.urlOf(role)) });
    await db.admin(`UPDATE migration.digest SET sha256 = reverse(sha256) WHERE name LIKE '0001%'`);
    await expect(again()).rejects.toMatchObject({ code: 'MIGRATION_CHANGED' });
    await db.admin(`UPDATE migration.digest SET sha256 = reverse(sha256) WHERE name LIKE '0001%'`);
    await db.admin(`INSERT INTO migration.digest (name, sha256) VALUES ('9999-later', 'x')`);
    await expect(again()).rejects.toMatchObject({ code: 'DATABASE_NEWER' });
    await db.admin(`DELETE FROM migration.digest WHERE name = '9999-later'`);
  });

  it('shows personal rows only inside a context, and the context ends with its transaction', async () => {
    const count = (actor: string) =>
      db.database.withContext(
        'app',
        { actor },
        async (tx) => (await tx.query('SELECT * FROM data.subject_key')).rowCount,
      );
    expect(await count('t1')).toBe(1);
    expect(await count('')).toBe(0);
    const after = await Promise.all(Array.from({ length: 40 }, (_, i) => count(i % 2 ? 't1' : '')));
    expect(after).toEqual(Array.from({ length: 40 }, (_, i) => (i % 2 ? 1 : 0)));
  });

  it('rolls back when the work throws, and a failed transaction never commits', async () => {
    const insert = `INSERT INTO data.subject_key VALUES ('police', 'p2', '\\x00')`;
    const worker = { actor: 'worker' };
    await expect(
      db.database.withContext('worker', worker, async (tx) => {
        await tx.query(insert);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await expect(
      db.database.withContext('worker', worker, async (tx) => {
        await tx.query(insert);
        await tx.query('SELECT 1/0').catch(() => undefined);
      }),
    ).rejects.toThrow('rolled back');
    expect(await db.admin(`SELECT 1 FROM data.subject_key WHERE person_key = 'p2'`)).toEqual([]);
  });

  it('keeps the application from writing records and everybody from changing the ledger', async () => {
    const as = (role: 'app' | 'worker' | 'auditor', sql: string) =>
      db.database.withContext(role, { actor: 'x' }, (tx) => tx.query(sql));
    await expect(as('app', `DELETE FROM data.subject_key`)).rejects.toThrow('permission denied');
    await expect(as('auditor', `SELECT * FROM data.subject_key`)).rejects.toThrow('permission denied');
    await expect(as('worker', `DELETE FROM ledger.event`)).rejects.toThrow('permission denied');
    await expect(db.admin(`DELETE FROM ledger.event`)).rejects.toThrow('append-only');
    await expect(as('app', `ALTER TABLE data.subject_key DISABLE ROW LEVEL SECURITY`)).rejects.toThrow('owner');
  });
});
