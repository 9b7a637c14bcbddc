import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/kit/postgres.js';

const TABLES = [
  'link_node',
  'match_key',
  'resident_member',
  'resident_history',
  'review_item',
  'retired_id',
  'conflict',
  'resident_area',
  'unified_dwelling',
  'dwelling_member',
  'unified_household',
  'link_order',
  'link_verdict',
  'resident_redirect',
];

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

test('every table of link and unify has forced row security', async () => {
  const rows = await db.admin<{ relname: string; forced: boolean }>(
    `SELECT relname, relrowsecurity AND relforcerowsecurity AS forced FROM pg_class
     WHERE relnamespace = 'data'::regnamespace AND relname = ANY($1)`,
    [TABLES],
  );
  expect(rows.map((row) => row.relname).sort()).toEqual([...TABLES].sort());
  expect(rows.filter((row) => !row.forced)).toEqual([]);
});

test('the API reads the cross-walk only with a context and never the machinery', async () => {
  const count = (actor: string) =>
    db.database.withContext('app', { actor }, async (tx) => {
      const { rows } = await tx.query<{ n: string }>('SELECT count(*) AS n FROM data.resident_member');
      return Number(rows[0]!.n);
    });
  await db.admin(
    `INSERT INTO data.resident_member (source, person_key, resident, rule) VALUES ('a', '1', gen_random_uuid(), 'single')`,
  );
  expect(await count('')).toBe(0);
  expect(await count('test')).toBe(1);
  const denied = db.database.withContext('app', { actor: 'test' }, (tx) => tx.query('SELECT 1 FROM data.match_key'));
  await expect(denied).rejects.toThrow(/permission denied/);
});
