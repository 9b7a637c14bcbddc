import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { connection, type ListOf } from './connection.js';
import { COUNT_CAP, fromCursor, pageSize, SERIAL, toCursor } from './cursor.js';

const list = (size: number): ListOf<number> => ({
  kind: 'n',
  keyShape: SERIAL,
  keyOf: String,
  page: async (after, limit) =>
    Array.from({ length: size }, (_, i) => i + 1)
      .filter((n) => n > Number(after ?? 0))
      .slice(0, limit),
  count: async (limit) => Math.min(size, limit),
});

describe('connections', () => {
  it('visit every row once, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 25 }), async (size, first) => {
        const seen: number[] = [];
        for (let after: string | null = null, more = true; more;) {
          const page: Awaited<ReturnType<typeof connection<number>>> = await connection(list(size), { first, after });
          seen.push(...(await page.nodes()));
          ({ endCursor: after, hasNextPage: more } = await page.pageInfo());
        }
        expect(seen).toEqual(Array.from({ length: size }, (_, i) => i + 1));
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it('cap the count and say so', async () => {
    const served: number[] = [];
    const page = await connection({ ...list(5), onServed: (nodes) => void served.push(...nodes) }, { first: 1 });
    expect([await page.totalCount(), served]).toEqual([5, []]);
    await Promise.all([page.nodes(), page.edges(), page.pageInfo()]);
    expect(served).toHaveLength(1);
    const large = await connection(list(COUNT_CAP + 5), { first: 1 });
    expect([await large.totalCount(), await large.totalCountCapped()]).toEqual([COUNT_CAP, true]);
    const exact = await connection(list(COUNT_CAP), { first: 1 });
    expect([await exact.totalCount(), await exact.totalCountCapped()]).toEqual([COUNT_CAP, false]);
  });

  it('refuse a page that is too large or negative', () => {
    expect(() => pageSize({ first: 201 })).toThrow('LIMIT_EXCEEDED');
    expect(() => pageSize({ first: -1 })).toThrow('LIMIT_EXCEEDED');
    expect(pageSize({ first: null })).toBe(20);
  });

  it('refuse a cursor that is not theirs', () => {
    for (const cursor of [
      '',
      'x',
      toCursor('m', '1'),
      toCursor('n', 'a'),
      toCursor('n', '0'),
      `${toCursor('n', '1')}=`,
    ])
      expect(() => fromCursor('n', cursor, SERIAL)).toThrow('CURSOR_UNREADABLE');
    expect(fromCursor('n', toCursor('n', '12'), SERIAL)).toBe('12');
  });
});
