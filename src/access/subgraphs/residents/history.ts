import { discloseHidden, hiddenOrigins } from '../shared/hidden-origins.js';
import type { Operation } from '../shared/operation.js';
import { historyOf, type ResidentEvent } from './history.repository.js';

/**
 * A resident's history, which is made of what sources said: null for everybody where the plan hides persons, or a kind
 * of records that some source delivers. To leave out single events would tell of whom there are such records.
 */
export async function resolveHistory(operation: Operation, id: string): Promise<ResidentEvent[] | null> {
  const { record } = operation.plan('Person');
  if (record.access === 'WITHHELD') {
    const { access, rule, level, unlock } = record;
    operation.context.disclose({ type: 'Resident', id, field: 'history', access, rule, level, unlock });
    return null;
  }
  operation.context.subject(id);
  const hidden = await hiddenOrigins(operation);
  if (hidden.kinds.length > 0) {
    discloseHidden(operation, hidden, { id, field: 'history' });
    return null;
  }
  return (await operation.load('history', id, (ids) => historyOf(operation, ids))) ?? [];
}
