import { ENTITIES, type EntityName } from '../../../standard/index.js';
import { openedIdentifier, type SealedCell } from './identifiers.js';
import type { Operation } from './operation.js';

/** Field values of a typed row; a sealed one becomes a getter, so that only a number that is asked for is opened. */
export function valuesOf(
  operation: Operation,
  entity: EntityName,
  row: SealedCell & Record<string, unknown>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { name, column, type } of ENTITIES[entity].fields) {
    if (type === 'identifier')
      Object.defineProperty(values, name, {
        get: () => openedIdentifier(operation.kit.keyring, entity, column, row[name], row),
      });
    else if (name in row) values[name] = row[name];
  }
  return values;
}
