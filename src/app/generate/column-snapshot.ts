import { ConfigurationError } from '../../platform/kernel/index.js';
import type { LoadedEntity } from './load-standard.js';

/** Field columns per table, in order: what the committed migrations have made so far. */
export type ColumnSnapshot = Record<string, Record<string, string>>;

/** What has to be made so that the database equals the schemas. */
export interface Growth {
  newTables: string[];
  newColumns: { table: string; column: string; type: string }[];
}

/** The columns that the schemas ask for. */
export function snapshotOf(entities: readonly LoadedEntity[]): ColumnSnapshot {
  return Object.fromEntries(
    entities.map(({ spec }) => [
      spec.table,
      Object.fromEntries(spec.fields.flatMap((field) => field.columns.map(({ name, type }) => [name, type]))),
    ]),
  );
}

/**
 * Compares what is with what should be; only growth is allowed.
 *
 * @throws ConfigurationError STANDARD_CHANGE_DESTRUCTIVE for a removed table, a removed column or another type.
 */
export function growth(before: ColumnSnapshot, after: ColumnSnapshot): Growth {
  const refuse = (table: string, column: string, old: string, now = '∅'): never => {
    throw new ConfigurationError('STANDARD_CHANGE_DESTRUCTIVE', { params: { table, column, old, now } });
  };
  for (const [table, columns] of Object.entries(before)) {
    const now = after[table];
    if (!now) refuse(table, '*', 'table');
    for (const [column, type] of Object.entries(columns)) {
      const typeNow = now?.[column];
      if (typeNow === undefined) refuse(table, column, type);
      if (typeNow !== type) refuse(table, column, type, typeNow);
    }
  }
  const newColumns: Growth['newColumns'] = [];
  for (const [table, columns] of Object.entries(after))
    for (const [column, type] of Object.entries(columns))
      if (before[table] && !(column in before[table])) newColumns.push({ table, column, type });
  return { newTables: Object.keys(after).filter((table) => !before[table]), newColumns };
}
