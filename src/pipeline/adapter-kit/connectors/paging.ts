import { FatalError } from '../../../platform/kernel/index.js';
import { rowCapError } from '../row-cap.js';

/** What one request of an offset-paged list gave. */
export interface Slice {
  records: string[];
  /** Rows the source says the list has, where it says so. */
  total: number | undefined;
}

export interface PagedSlice {
  records: string[];
  /** Offset of the next request. */
  next: number;
  total: number | undefined;
  last: boolean;
  /** On the last slice: whether as many rows came as the source had announced. */
  whole: boolean;
}

/**
 * Pages through a list by offset and limit while the source may change.
 *
 * A total that shrinks between two pages means that rows may have moved forward past the offset: the next request
 * begins as many rows before this one, so that none is missed (records may repeat, which the contract allows). A source that hands out the same
 * full page twice ignores the offset: it is refused, since it would never end.
 *
 * A list longer than the source hands out (`rowCap`), or exactly as long without a total that vouches for it, is cut off:
 * it must not pass for the whole.
 *
 * @throws FatalError CONNECTOR_PAGE_REPEATED, CONNECTOR_ROW_CAP.
 */
export async function* byOffset(
  fetchSlice: (offset: number, limit: number) => Promise<Slice>,
  start: { offset: number; total?: number | undefined; limit: number; stream: string; rowCap?: number | undefined },
): AsyncGenerator<PagedSlice> {
  let { offset, total } = start;
  let before = '';
  for (;;) {
    const slice = await fetchSlice(offset, start.limit);
    const count = slice.records.length;
    const fingerprint = count > 1 ? slice.records.join('\n') : '';
    if (fingerprint !== '' && fingerprint === before)
      throw new FatalError('CONNECTOR_PAGE_REPEATED', { origin: 'source', where: { stream: start.stream } });
    before = fingerprint;
    const shrunk = total !== undefined && slice.total !== undefined ? Math.max(0, total - slice.total) : 0;
    if (shrunk > 0) before = '';
    // The rows that moved forward lie before where this very slice began.
    offset = shrunk > 0 ? Math.max(0, offset - shrunk) : offset + count;
    total = slice.total ?? total;
    if (start.rowCap !== undefined) refuseCut(start.stream, start.rowCap, offset, total);
    const last = (count === 0 && shrunk === 0) || (total !== undefined && offset >= total);
    yield {
      records: slice.records,
      next: offset,
      total,
      last,
      whole: last && (total === undefined || offset >= total),
    };
    if (last) return;
  }
}

function refuseCut(stream: string, rowCap: number, rows: number, total: number | undefined): void {
  if (total === undefined ? rows >= rowCap : total > rowCap) throw rowCapError(stream, rowCap);
}
