import type { Operation } from '../shared/operation.js';
import { historyOf, type ResidentEvent } from './history.repository.js';

/**
 * A resident's history as the plan lets it be told: nothing where persons are withheld; where events were left out, the
 * disclosure says so and what would open them.
 */
export async function resolveHistory(operation: Operation, id: string): Promise<ResidentEvent[] | null> {
  const say = (entity: Parameters<Operation['plan']>[0], access: 'WITHHELD' | 'MASKED'): void => {
    const { rule, level, unlock } = operation.plan(entity).record;
    operation.context.disclose({
      ...{ type: 'Resident', id, field: 'history' },
      ...{ access, rule, level, unlock, asOf: null, stale: false },
      ...(access === 'MASKED' && { state: 'VALUE' as const }),
    });
  };
  if (operation.plan('Person').record.access === 'WITHHELD') {
    say('Person', 'WITHHELD');
    return null;
  }
  operation.context.subject(id);
  const history = await operation.load('history', id, (ids) => historyOf(operation, ids));
  for (const entity of history?.withheld ?? []) say(entity, 'MASKED');
  return history?.events ?? [];
}
