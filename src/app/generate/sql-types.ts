import type { ColumnSpec, FieldType } from '../../standard/index.js';

/** How each field type is stored. Partial dates keep their precision as text; an identifier has two columns. */
export const SQL_TYPES: Record<FieldType, string> = {
  text: 'text',
  code: 'text',
  date: 'date',
  partialDate: 'text',
  decimal: 'numeric',
  integer: 'integer',
  boolean: 'boolean',
  phone: 'text',
  division: 'text',
  identifier: 'bytea',
};

export const identifierColumns = (column: string): ColumnSpec[] => [
  { name: `${column}_sealed`, type: 'bytea' },
  { name: `${column}_index`, type: 'bytea' },
];

/** The columns every typed table begins with, in this order. */
export const SYSTEM_COLUMNS: readonly { name: string; type: string; rest: string }[] = [
  { name: 'stream', type: 'int4', rest: 'NOT NULL' },
  { name: 'key', type: 'text', rest: 'COLLATE "C" NOT NULL' },
  { name: 'part', type: 'text', rest: `COLLATE "C" NOT NULL DEFAULT ''` },
  { name: 'n', type: 'int4', rest: 'NOT NULL' },
  { name: 'version', type: 'int4', rest: 'NOT NULL' },
  { name: 'run', type: 'int4', rest: 'NOT NULL' },
  { name: 'recorded_at', type: 'timestamptz', rest: 'NOT NULL' },
  { name: 'gone_run', type: 'int4', rest: '' },
  { name: 'raw', type: 'bytea', rest: '' },
  { name: 'missed', type: 'int2', rest: 'NOT NULL DEFAULT 0' },
  { name: 'person_key', type: 'text', rest: 'COLLATE "C"' },
  { name: 'area', type: 'text', rest: '' },
  { name: 'valid_from', type: 'text', rest: '' },
  { name: 'valid_to', type: 'text', rest: '' },
  { name: 'reversed', type: 'boolean', rest: 'NOT NULL DEFAULT false' },
  { name: 'current', type: 'boolean', rest: 'NOT NULL DEFAULT true' },
  { name: 'states', type: 'text', rest: '' },
  { name: 'hash', type: 'bytea', rest: 'NOT NULL' },
];

/** Names a field's column may not have: system columns of the typed tables and of the golden one. */
export const RESERVED_COLUMNS: readonly string[] = [
  ...SYSTEM_COLUMNS.map((column) => column.name),
  'replaced_run',
  'op',
  'id',
  'provenance',
];
