import { UsageError } from '../../platform/kernel/index.js';

/** `<stream>/<hash of the record's bytes, hex>`: the name of a quarantined record. */
const ITEM_ID = /^([1-9]\d{0,8})\/([0-9a-f]{32})$/;
const MOST = 1000;

/** @throws UsageError QUARANTINE_UNKNOWN for text that names no record. */
export function splitId(id: string): { stream: number; raw: string } {
  const found = ITEM_ID.exec(id);
  if (!found) throw new UsageError('QUARANTINE_UNKNOWN', { params: { count: 1 } });
  return { stream: Number(found[1]), raw: found[2]! };
}

/** Ids by stream. @throws UsageError QUARANTINE_UNKNOWN, QUARANTINE_MANY (over 1 000). */
export function splitIds(ids: readonly string[]): Map<number, Set<string>> {
  if (ids.length > MOST) throw new UsageError('QUARANTINE_MANY', { params: { count: ids.length, most: MOST } });
  const byStream = new Map<number, Set<string>>();
  for (const { stream, raw } of ids.map(splitId)) {
    const known = byStream.get(stream);
    if (known) known.add(raw);
    else byStream.set(stream, new Set([raw]));
  }
  return byStream;
}
