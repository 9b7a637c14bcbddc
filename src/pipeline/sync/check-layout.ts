import { FatalError } from '../../platform/kernel/index.js';
import type { ScanMemory } from './classify-page.js';
import type { OpenRun } from './engine.js';

/** Columns that the last complete scan had are gone: nothing of the new delivery may be written. */
export class LayoutError extends FatalError {}

/**
 * Compares the source's columns with those of the last complete scan under the same adapter. Bytes mean the same only
 * under the same columns: any difference makes every record be read anew, and a lost column stops the run.
 *
 * @throws LayoutError SYNC_COLUMNS_LOST
 */
export function checkLayout(open: OpenRun, memory: ScanMemory): void {
  const columns = open.connection.columns?.(open.run.streamName) ?? null;
  open.layout = columns === null ? null : JSON.stringify(columns);
  const { layout, mappingHash } = open.lease;
  if (open.layout === null || layout === null || layout === open.layout) return;
  memory.trustRaws = false;
  if (mappingHash !== open.run.adapterHash) return;
  const lost = (JSON.parse(layout) as string[]).filter((column) => !columns!.includes(column));
  if (lost.length === 0) return;
  throw new LayoutError('SYNC_COLUMNS_LOST', {
    origin: 'source',
    where: { source: open.run.source, stream: open.run.streamName },
    params: { columns: lost.join(', ') },
  });
}
