import { canonicalJson } from '../../../platform/kernel/index.js';
import type { Page, SourceConnection, SourceRow } from '../contract.js';

/** Rows of pages, parsed. @throws what `parse` throws. */
export const rowsOf = (connection: SourceConnection, stream: string, pages: readonly Page[]): SourceRow[] =>
  pages.flatMap((page) => page.records.map((record) => connection.parse(stream, record)));

export const bytesOf = (pages: readonly Page[]): string[] =>
  pages.flatMap((page) => page.records.map((record) => Buffer.from(record).toString('base64')));

const counted = (rows: readonly SourceRow[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const text = canonicalJson(row);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
};

export interface Difference {
  missing: number;
  extra: number;
}

/** How two bags of rows differ; the order does not matter. */
export function difference(found: readonly SourceRow[], wanted: readonly SourceRow[]): Difference {
  const left = counted(found);
  let missing = 0;
  for (const [text, times] of counted(wanted)) {
    const here = left.get(text) ?? 0;
    missing += Math.max(0, times - here);
    left.set(text, here - times);
  }
  return { missing, extra: [...left.values()].reduce((sum, times) => sum + Math.max(0, times), 0) };
}

export const same = ({ missing, extra }: Difference): boolean => missing === 0 && extra === 0;
export const tell = (stream: string, { missing, extra }: Difference): string => `${stream}: -${missing} +${extra}`;
