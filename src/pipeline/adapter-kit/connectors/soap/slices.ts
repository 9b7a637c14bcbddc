import { FatalError, type JsonValue } from '../../../../platform/kernel/index.js';
import { stableJson } from '../json.js';
import type { Slice } from '../paging.js';
import { atPath, textAt } from '../xml.js';
import type { SoapBlock } from './block.js';
import { invoke, type Invocation, type Outcome, type Places } from './invoke.js';

/** The window held more than the source hands out at once. */
export class TooMuch extends Error {
  constructor(readonly status: string) {
    super('too much');
  }
}

/** A function that asks for rows `offset`… of what `places` name. @throws TooMuch besides the errors of `invoke`. */
export function slicer(
  base: Omit<Invocation, 'operation' | 'places'>,
  places: Places,
): (offset: number, limit: number) => Promise<Slice> {
  const { block, stream } = base;
  return async (offset, limit) => {
    const start = String(offset + block.firstRow);
    const outcome = await invoke({
      ...base,
      operation: block.operation,
      places: { ...places, start, limit: String(limit) },
    });
    return toSlice(outcome, block, stream, offset);
  };
}

function toSlice(outcome: Outcome, block: SoapBlock, stream: string, offset: number): Slice {
  if (outcome.kind === 'tooMuch') throw new TooMuch(outcome.code);
  // "Nothing found" for the first rows is an empty list; behind them it is its end.
  if (outcome.kind === 'empty') return { records: [], total: offset === 0 ? 0 : undefined };
  const records =
    outcome.records.length > 0
      ? outcome.records
      : atPath(outcome.value, block.result.records).map((record) => stableJson(record));
  const paged = Object.values(block.parameters).includes('$start');
  return { records, total: paged ? totalOf(outcome.value, block, stream) : records.length };
}

function totalOf(value: JsonValue, block: SoapBlock, stream: string): number | undefined {
  if (block.result.total === undefined) return undefined;
  const text = textAt(value, block.result.total)?.trim() ?? '';
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new FatalError('CONNECTOR_BODY', { origin: 'source', where: { stream }, params: { what: 'total' } });
}
