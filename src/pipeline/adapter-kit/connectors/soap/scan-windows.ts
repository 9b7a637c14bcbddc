import { FatalError, RetriableError } from '../../../../platform/kernel/index.js';
import type { Page, ReadRequest } from '../../contract.js';
import { byOffset } from '../paging.js';
import { RecordWriter } from '../record-writer.js';
import type { SoapWindow } from './block.js';
import type { Invocation } from './invoke.js';
import { backBy, fromWall, toWall } from './moment.js';
import { slicer, TooMuch } from './slices.js';

type Base = Omit<Invocation, 'operation' | 'places'>;

/** Where a windowed stream stands: a window being paged, or (end null) the moment up to which all was read. */
interface Position {
  begin: number;
  end: number | null;
  offset: number;
  total?: number | undefined;
}

/**
 * `incremental` by time: windows of at most `spanDays` from the cursor up to `now`, each paged. A window that the source
 * finds too large is halved. A window that ends with fewer rows than announced is not passed over: the run stops and is
 * tried again from the window's beginning.
 *
 * @throws RetriableError CONNECTOR_TOTAL_SHORT, FatalError CONNECTOR_WINDOW, CONNECTOR_CHECKPOINT, and those of `invoke`.
 */
export async function* scanWindows(
  base: Base,
  window: SoapWindow,
  request: ReadRequest,
  limit: number,
  now: number,
): AsyncGenerator<Page> {
  const first = toWall(window.from);
  let at = readCheckpoint(request.checkpoint, first, request.stream);
  if (request.checkpoint !== null && at.end === null)
    at = { ...at, begin: Math.max(first, backBy(at.begin, window.overlap)) };
  let span = window.spanDays * 86_400_000;
  if (at.end === null && at.begin >= now) {
    yield { records: [], checkpoint: request.checkpoint ?? writeCheckpoint(at), last: true };
    return;
  }
  while (at.end !== null || at.begin < now) {
    const end: number = at.end ?? Math.min(at.begin + span, now);
    try {
      yield* scanWindow(base, { ...at, end }, request, limit, now);
      at = { begin: end, end: null, offset: 0 };
      span = window.spanDays * 86_400_000;
    } catch (error) {
      const status = tooMuch(error);
      if (status === null) throw error;
      span = Math.floor((end - at.begin) / 2000) * 1000;
      if (span < 1000 || at.offset > 0)
        throw new FatalError('CONNECTOR_WINDOW', {
          origin: 'source',
          where: { stream: request.stream },
          params: { code: status },
        });
      at = { ...at, end: null };
    }
  }
}

/** The source's word, or its declared limit, that a window holds more than it hands out. */
function tooMuch(error: unknown): string | null {
  if (error instanceof TooMuch) return error.status;
  return error instanceof FatalError && error.code === 'CONNECTOR_ROW_CAP' ? 'rowCap' : null;
}

async function* scanWindow(
  base: Base,
  at: Position & { end: number },
  request: ReadRequest,
  limit: number,
  now: number,
): AsyncGenerator<Page> {
  const places = { begin: fromWall(at.begin), end: fromWall(at.end) };
  const start = {
    offset: at.offset,
    total: at.total,
    limit,
    stream: request.stream,
    rowCap: base.rules.rowCap,
  };
  for await (const slice of byOffset(slicer(base, places), start)) {
    if (slice.last && !slice.whole)
      throw new RetriableError('CONNECTOR_TOTAL_SHORT', {
        origin: 'source',
        where: { stream: request.stream },
        params: { found: slice.next, expected: slice.total ?? 0 },
      });
    const writer = new RecordWriter();
    const next: Position = slice.last
      ? { begin: at.end, end: null, offset: 0 }
      : { begin: at.begin, end: at.end, offset: slice.next, total: slice.total };
    yield {
      records: slice.records.map((text) => writer.write(text)),
      checkpoint: writeCheckpoint(next),
      last: slice.last && at.end >= now,
    };
  }
}

const writeCheckpoint = ({ begin, end, offset, total }: Position): string =>
  JSON.stringify([fromWall(begin), end === null ? null : fromWall(end), offset, total ?? null]);

function readCheckpoint(checkpoint: string | null, first: number, stream: string): Position {
  if (checkpoint === null) return { begin: first, end: null, offset: 0 };
  try {
    const [begin, end, offset, total] = JSON.parse(checkpoint) as unknown[];
    if (Number.isSafeInteger(offset) && (offset as number) >= 0)
      return {
        begin: toWall(String(begin)),
        end: end === null ? null : toWall(String(end)),
        offset: offset as number,
        total: typeof total === 'number' ? total : undefined,
      };
  } catch {
    // one error for every form of nonsense
  }
  throw new FatalError('CONNECTOR_CHECKPOINT', { where: { stream } });
}
