import { ENTITIES, SYSTEM_COLUMNS, type EntityName, type FieldSpec } from '../../standard/index.js';

/** What the store needs to know of one entity's table, derived once from the standard. */
export interface EntityTable {
  entity: EntityName;
  /** Schema-qualified. */
  table: string;
  versions: string;
  /** Temporary table of the same shape, per connection. */
  stage: string;
  /** All columns in table order. */
  columns: string[];
  columnList: string;
  fields: readonly FieldSpec[];
  /** Index of a field's first cell among the field cells. */
  cellOf: ReadonlyMap<string, number>;
}

const tables = new Map<EntityName, EntityTable>();

export function entityTable(entity: EntityName): EntityTable {
  let table = tables.get(entity);
  if (!table) tables.set(entity, (table = build(entity)));
  return table;
}

function build(entity: EntityName): EntityTable {
  const spec = ENTITIES[entity];
  const cellOf = new Map<string, number>();
  const fieldColumns: string[] = [];
  for (const field of spec.fields) {
    cellOf.set(field.name, fieldColumns.length);
    fieldColumns.push(...field.columns.map((column) => column.name));
  }
  const columns = [...SYSTEM_COLUMNS.map((column) => column.name), ...fieldColumns];
  return {
    entity,
    table: `data.${spec.table}`,
    versions: `data.${spec.table}_version`,
    stage: `stage_${spec.table}`,
    columns,
    columnList: columns.map((column) => `"${column}"`).join(', '),
    fields: spec.fields,
    cellOf,
  };
}
