import { compareWithStored, type Comparison } from '../store/index.js';
import type { ClassifiedPage } from './classify-page.js';
import { transact, type Engine, type OpenRun } from './engine.js';
import type { Hold } from './hold.js';
import { isApproved } from './hold.repository.js';

/** Fewer records than this may well be what happened in the world. */
const ENOUGH = 8;

/**
 * A page most of whose records change in the same way is no news but another structure: a value that everybody loses,
 * numbers that all grow by one factor, keys of which none is known. Such a page is held before it is written. Costs
 * nothing on ordinary pages, of which less than half changes.
 */
export async function judgeChange(
  engine: Engine,
  open: OpenRun,
  page: Pick<ClassifiedPage, 'read' | 'unchanged' | 'candidates'>,
): Promise<Hold | null> {
  const { run, lease } = open;
  const changed = page.candidates.length;
  if (changed < ENOUGH || changed * 2 <= page.read || (run.liveBefore ?? 0) < ENOUGH) return null;
  if (run.mode !== 'snapshotDiff' && run.mode !== 'periodReplace') return null;
  // Under another mapping the same records may say other things.
  if (lease.mappingHash !== run.adapterHash) return null;
  return transact(engine, async (tx) => {
    const comparison = await compareWithStored(tx, lease.stream, page.candidates);
    const first = run.counts.read === 0 && page.unchanged === 0;
    const hold = doubt({ ...comparison, changed, read: page.read, first }, run);
    if (hold?.code !== 'SYNC_FIELDS_EMPTIED') return hold;
    // Whoever approved that a column is gone has approved that its values go.
    for (const code of ['SYNC_FIELDS_LOST', 'SYNC_COLUMNS_LOST'])
      if (await isApproved(tx, lease.stream, run.adapterHash, { ...hold, code, lost: [] })) return null;
    return hold;
  });
}

interface Change extends Comparison {
  /** Records of the page that are new or changed, of `read` in all. */
  changed: number;
  read: number;
  /** Nothing of this scan was recognised before. */
  first: boolean;
}

/** Pure. */
export function doubt(
  change: Change,
  run: { source: string; streamName: string; liveBefore: number | null },
): Hold | null {
  const where = { source: run.source, stream: run.streamName };
  const { changed, read, sampled, compared } = change;
  if (compared === 0) {
    const params = { ...where, read, live: run.liveBefore ?? 0 };
    return change.first ? { code: 'SYNC_KEYS_REPLACED', origin: 'source', params } : null;
  }
  const most = (count: number): boolean => count >= ENOUGH && (count / sampled) * changed * 2 > read;
  const emptied = [...change.emptied].filter(([, count]) => most(count)).map(([field]) => field);
  if (emptied.length > 0) {
    const params = { ...where, fields: emptied.join(', ') };
    return { code: 'SYNC_FIELDS_EMPTIED', origin: 'source', params, lost: emptied };
  }
  const scaled = [...change.scaled]
    .filter(([, { factor, count }]) => factor !== 1 && most(count))
    .map(([field, { factor }]) => `${field} × ${factor}`);
  if (scaled.length === 0) return null;
  const params = { ...where, fields: scaled.join(', ') };
  return { code: 'SYNC_UNIT_CHANGED', origin: 'source', params, lost: scaled };
}
