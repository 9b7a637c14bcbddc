import { describe, expect, it } from '@jest/globals';
import { byOffset } from './paging.js';

const LIST = Array.from({ length: 6 }, (_, row) => `row ${row}`);

async function rowsOf(start: { rowCap?: number }, total?: number): Promise<number> {
  let rows = 0;
  const fetch = async (offset: number, limit: number) => ({ records: LIST.slice(offset, offset + limit), total });
  for await (const slice of byOffset(fetch, { offset: 0, limit: 4, stream: 's', ...start }))
    rows += slice.records.length;
  return rows;
}

describe('a paged list and the row limit of its source', () => {
  it('is whole below the limit, and at it when the total says so', async () => {
    expect(await rowsOf({})).toBe(6);
    expect(await rowsOf({ rowCap: 7 })).toBe(6);
    expect(await rowsOf({ rowCap: 6 }, 6)).toBe(6);
  });

  it.each([
    ['at the limit without a total', 6, undefined],
    ['with a total beyond it', 6, 7],
  ])('is refused %s', async (_what, rowCap, total) => {
    await expect(rowsOf({ rowCap }, total)).rejects.toMatchObject({ code: 'CONNECTOR_ROW_CAP', params: { rowCap } });
  });
});
