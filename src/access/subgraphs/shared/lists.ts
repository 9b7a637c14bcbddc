import type { EntityName } from '../../../standard/index.js';
import type { Operation } from './operation.js';
import { isStale, isUnavailable } from './source-states.js';

/**
 * The records of an entity below a parent, with what must be said about the list itself: withheld where the
 * record is, ABSENT (null, rule `no-source`) where no source of its domain is there at all, SOURCE_UNAVAILABLE (null)
 * where nothing is stored and a source that could say more cannot be asked, stale where what is stored may have changed.
 */
export async function recordList<T>(
  operation: Operation,
  parent: { type: string; id: string; field: string },
  entity: EntityName,
  read: () => Promise<T[] | undefined>,
): Promise<T[] | null> {
  const { record } = operation.plan(entity);
  const say = (entry: {
    state?: 'VALUE' | 'ABSENT' | 'SOURCE_UNAVAILABLE';
    asOf: string | null;
    stale: boolean;
    rule?: string;
  }) =>
    operation.context.disclose({
      ...parent,
      access: record.access,
      rule: record.rule,
      level: record.level,
      unlock: record.unlock,
      ...entry,
    });
  if (record.access === 'WITHHELD') {
    say({ asOf: null, stale: false });
    return null;
  }
  const records = (await read()) ?? [];
  const providers = (await operation.sources()).providing(entity);
  if (records.length === 0 && providers.length === 0) {
    say({ state: 'ABSENT', asOf: null, stale: false, rule: 'no-source' });
    return null;
  }
  if (records.length === 0 && providers.some(isUnavailable)) {
    say({ state: 'SOURCE_UNAVAILABLE', asOf: null, stale: false });
    return null;
  }
  const old = providers.find(isStale);
  if (old) say({ state: 'VALUE', asOf: old.asOf?.toISOString() ?? null, stale: true });
  return records;
}

/** The same for a parent that has at most one such record: none in a source that can be asked is ABSENT. */
export async function recordOne<T>(
  operation: Operation,
  parent: { type: string; id: string; field: string },
  entity: EntityName,
  read: () => Promise<T | null | undefined>,
): Promise<T | null> {
  const records = await recordList(operation, parent, entity, async () => {
    const one = await read();
    return one ? [one] : [];
  });
  if (records?.length === 0) {
    const { access, rule, level, unlock } = operation.plan(entity).record;
    operation.context.disclose({ ...parent, state: 'ABSENT', access, rule, level, unlock, asOf: null, stale: false });
  }
  return records?.[0] ?? null;
}
