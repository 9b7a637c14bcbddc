import { FatalError } from '../../../../platform/kernel/index.js';
import type { Page, ReadRequest } from '../../contract.js';
import { byOffset } from '../paging.js';
import { RecordWriter } from '../record-writer.js';
import { atPath } from '../xml.js';
import { invoke, type Invocation } from './invoke.js';
import { slicer } from './slices.js';

type Base = Omit<Invocation, 'operation' | 'places'>;

/**
 * `periodReplace`: period after period, oldest first. A period counts as completely delivered only on its last page and
 * only when as many rows came as the source had announced for it.
 * Checkpoint: `[period, next row, total of the period]`; the row null = the period is done.
 *
 * @throws FatalError CONNECTOR_CHECKPOINT, CONNECTOR_RESULT_CODE and the errors of `invoke`.
 */
export async function* scanPeriods(base: Base, request: ReadRequest, limit: number): AsyncGenerator<Page> {
  const from = readCheckpoint(request.checkpoint, request.stream);
  const periods = (await listPeriods(base)).filter(
    (period) => !from || period > from.period || (period === from.period && from.offset !== null),
  );
  if (periods.length === 0)
    yield { records: [], checkpoint: request.checkpoint ?? JSON.stringify(['', null, null]), last: true };
  for (const [index, period] of periods.entries()) {
    const resumed = from?.period === period ? from : null;
    const { rowCap } = base.rules;
    const start = {
      offset: resumed?.offset ?? 0,
      total: resumed?.total ?? undefined,
      limit,
      stream: request.stream,
      rowCap,
    };
    for await (const slice of byOffset(slicer(base, { period }), start)) {
      const writer = new RecordWriter();
      const page: Page = {
        records: slice.records.map((text) => writer.write(text)),
        checkpoint: JSON.stringify([period, slice.last ? null : slice.next, slice.total ?? null]),
        last: slice.last && index === periods.length - 1,
      };
      if (slice.whole) page.completedPeriods = [period];
      yield page;
    }
  }
}

async function listPeriods(base: Base): Promise<string[]> {
  const { block, stream } = base;
  const outcome = await invoke({ ...base, operation: block.periods!.operation, places: {} });
  if (outcome.kind === 'empty') return [];
  if (outcome.kind === 'tooMuch')
    throw new FatalError('CONNECTOR_RESULT_CODE', {
      origin: 'source',
      where: { stream },
      params: { code: outcome.code, state: outcome.code },
    });
  const values = atPath(outcome.value, block.periods!.values).filter(
    (value): value is string => typeof value === 'string',
  );
  return [...new Set(values.map((value) => value.trim()))].filter((value) => value !== '').sort();
}

function readCheckpoint(
  checkpoint: string | null,
  stream: string,
): { period: string; offset: number | null; total: number | null } | null {
  if (checkpoint === null) return null;
  try {
    const [period, offset, total] = JSON.parse(checkpoint) as unknown[];
    const natural = (n: unknown): n is number | null => n === null || (Number.isSafeInteger(n) && (n as number) >= 0);
    if (typeof period === 'string' && natural(offset) && natural(total)) return { period, offset, total };
  } catch {
    // one error for every form of nonsense
  }
  throw new FatalError('CONNECTOR_CHECKPOINT', { where: { stream } });
}
