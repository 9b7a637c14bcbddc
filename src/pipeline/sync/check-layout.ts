import type { ScanMemory } from './classify-page.js';
import type { Engine, OpenRun } from './engine.js';
import type { Hold } from './hold.js';

/** Of a header nothing is kept but the columns the adapter knows: a shifted file has a person's cells for its header. */
interface StoredLayout {
  /** Columns that the adapter reads, each with its place. */
  read: (readonly [name: string, place: number])[];
  /** Keyed hash of the whole header. */
  digest: string;
}

/**
 * Compares the source's columns with those of the last complete scan under the same adapter. Bytes mean the same only
 * under the same columns: any difference makes every record be read anew, and a lost column holds the run.
 *
 * @returns SYNC_COLUMNS_LOST, or null when nothing is lost.
 */
export function checkLayout({ keyring }: Pick<Engine, 'keyring'>, open: OpenRun, memory: ScanMemory): Hold | null {
  const columns = open.connection.columns?.(open.run.streamName) ?? null;
  if (columns === null) return null;
  const whole = JSON.stringify(columns);
  const now: StoredLayout = {
    read: columns.flatMap((name, place) => (isRead(open, name) ? [[name, place] as const] : [])),
    digest: keyring.contentHash(Buffer.from(whole)).toString('hex'),
  };
  open.layout = JSON.stringify(now);
  const { layout, mappingHash } = open.lease;
  if (layout === null || layout === open.layout) return null;
  const before = JSON.parse(layout) as StoredLayout | string[];
  // Earlier versions kept the header as it was: compared for the last time, this run's end replaces it.
  if (Array.isArray(before) && layout === whole) return null;
  memory.trustRaws = false;
  if (mappingHash !== open.run.adapterHash) return null;
  const known = Array.isArray(before) ? before : before.read.map(([name]) => name);
  const lost = known.filter((column) => !columns.includes(column) && isRead(open, column));
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
