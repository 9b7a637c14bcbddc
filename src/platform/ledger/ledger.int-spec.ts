import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/kit/postgres.js';
import { append, auditRows, countAuditRows, type AuditPage, type EvidenceEvent } from './index.js';

const answered = (subjects: string[]): EvidenceEvent => ({
  code: 'QUERY_ANSWERED',
  actor: 't1',
  person: '经办人甲',
  unit: '民政局',
  purpose: 'elderly-care',
  caseNo: 'MZ-2026-1',
  operation: 'residents',
  fields: ['Person.name'],
  subjects,
  decision: 'ALLOW',
});

describe('the ledger in its database', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());
  const write = (role: 'app' | 'worker', event: EvidenceEvent) =>
    db.database.withContext(role, { actor: 't1' }, (tx) => append(tx, event));
  const read = (query: Parameters<typeof auditRows>[1]): Promise<AuditPage> =>
    db.database.withContext('auditor', { actor: 'audit' }, (tx) => auditRows(tx, query));

  it('is written by those who act, with no, one and many subjects, and read by the auditor', async () => {
    const ids = [
      await write('worker', { code: 'SYNC_PAGE_COMMITTED', source: 'police', stream: 1, run: 1, page: 1, read: 5000 }),
      await write('app', answered(['p1'])),
      await write('app', answered(['p1', 'p2', 'p3'])),
    ];
    const { rows, hasNextPage } = await read({ first: 10 });
    expect(rows.map((row) => row.id)).toEqual(ids.reverse());
    expect(hasNextPage).toBe(false);
    expect(rows[0]).toMatchObject({
      code: 'QUERY_ANSWERED',
      who: '经办人甲',
      unit: '民政局',
      purpose: 'elderly-care',
      caseNo: 'MZ-2026-1',
      operation: 'residents',
      fields: ['Person.name'],
      subjects: ['p1', 'p2', 'p3'],
      decision: 'ALLOW',
    });
    expect(rows[2]).toMatchObject({ who: null, subjects: [], body: { source: 'police', read: 5000 } });
  });

  it('pages without gap or repeat while rows are added, also within one microsecond', async () => {
    await db.admin(
      `INSERT INTO ledger.event (id, at, code, body)
       SELECT gen_random_uuid(), '2020-01-01 00:00:00.123456Z', 'TOKEN_REVOKED', '{"code":"TOKEN_REVOKED"}'::bytea FROM generate_series(1, 25)`,
    );
    const filter = { code: 'TOKEN_REVOKED' };
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: AuditPage = await read({ first: 7, after, filter });
      seen.push(...page.rows.map((row) => row.id));
      after = page.hasNextPage ? page.rows.at(-1)!.cursor : null;
      await write('app', { code: 'TOKEN_REVOKED', actor: 'cli', token: 'x' });
    } while (after);
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
    await expect(read({ first: 1, after: 'bm9uc2Vuc2U' })).rejects.toMatchObject({ code: 'CURSOR_UNREADABLE' });
  });

  it('finds by subject and by time, and counts no further than asked', async () => {
    expect((await read({ first: 9, filter: { subject: 'p2' } })).rows).toHaveLength(1);
    expect((await read({ first: 9, filter: { subject: 'p1' } })).rows).toHaveLength(2);
    expect((await read({ first: 9, filter: { until: new Date('2019-01-01') } })).rows).toHaveLength(0);
    const count = (cap: number) =>
      db.database.withContext('auditor', { actor: 'a' }, (tx) =>
        countAuditRows(tx, { until: new Date('2021-01-01') }, cap),
      );
    expect([await count(10_000), await count(10)]).toEqual([25, 10]);
  });

  it('keeps nothing of a transaction that fails', async () => {
    const before = (await db.admin('SELECT id FROM ledger.event')).length;
    const failing = db.database.withContext('app', { actor: 't1' }, async (tx) => {
      await append(tx, answered(['p9']));
      throw new Error('after the evidence');
    });
    await expect(failing).rejects.toThrow('after the evidence');
    expect(await db.admin('SELECT id FROM ledger.event')).toHaveLength(before);
    expect(await db.admin(`SELECT 1 FROM ledger.subject WHERE pseudonym = 'p9'`)).toHaveLength(0);
  });

  it('is not readable by the application', async () => {
    const reading = db.database.withContext('app', { actor: 't1' }, (tx) => auditRows(tx, { first: 1 }));
    await expect(reading).rejects.toThrow('permission denied');
  });
});
