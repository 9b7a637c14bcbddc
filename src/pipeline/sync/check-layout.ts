import type { ScanMemory } from './classify-page.js';
import type { OpenRun } from './engine.js';
import type { Hold } from './hold.js';

/**
 * Compares the source's columns with those of the last complete scan under the same adapter. Bytes mean the same only
 * under the same columns: any difference makes every record be read anew, and a lost column holds the run.
 *
 * @returns SYNC_COLUMNS_LOST, or null when nothing is lost.
 */
export function checkLayout(open: OpenRun, memory: ScanMemory): Hold | null {
  const columns = open.connection.columns?.(open.run.streamName) ?? null;
  open.layout = columns === null ? null : JSON.stringify(columns);
  const { layout, mappingHash } = open.lease;
  if (open.layout === null || layout === null || layout === open.layout) return null;
  memory.trustRaws = false;
  if (mappingHash !== open.run.adapterHash) return null;
  const lost = (JSON.parse(layout) as string[]).filter((column) => !columns!.includes(column) && isRead(open, column));
  if (lost.length === 0) return null;
  return {
    code: 'SYNC_COLUMNS_LOST',
    origin: 'source',
    params: { source: open.run.source, stream: open.run.streamName, columns: lost.join(', ') },
    lost,
  };
}

/** A column that the adapter does not read may go. */
function isRead({ watched, manifest, run }: OpenRun, column: string): boolean {
  const stream = manifest.streams.find(({ name }) => name === run.streamName);
  return watched.includes(column) || stream?.key.includes(column) === true;
}
