import type { CodeTableDocument, MappingDocument } from './mapping-document.js';
import { step, type Problems } from './problems.js';
import type { CodeSet, StandardView } from './standard-view.js';

/** Source code → standard code; undefined when the table does not know it. */
export interface CodeTable {
  readonly list: string;
  lookup(text: string): string | undefined;
}

/** Compiles the adapter's own tables; every right-hand side must be a code of the table's list. */
export function compileCodeTables(
  document: MappingDocument,
  standard: StandardView,
  problems: Problems,
): Map<string, CodeTable> {
  const tables = new Map<string, CodeTable>();
  for (const [name, table] of Object.entries(document.codes ?? {})) {
    const pointer = step('/codes', name);
    if (standard.codes(name) !== undefined) problems.add(pointer, 'MAPPING_CODES_SHADOW', { name });
    tables.set(name, compileTable(table, pointer, standard, problems));
  }
  return tables;
}

function compileTable(
  table: CodeTableDocument,
  pointer: string,
  standard: StandardView,
  problems: Problems,
): CodeTable {
  const known = standard.codes(table.list);
  if (known === undefined) problems.add(step(pointer, 'list'), 'MAPPING_CODE_LIST_UNKNOWN', { list: table.list });
  const check = (code: string, at: string): void => {
    if (known !== undefined && !known.has(code))
      problems.add(at, 'MAPPING_CODE_NOT_IN_LIST', { code, list: table.list });
  };
  const map = new Map<string, string>();
  for (const [from, to] of Object.entries(table.map ?? {})) {
    check(to, step(step(pointer, 'map'), from));
    map.set(from.trim(), to);
  }
  const contains = table.contains ?? [];
  contains.forEach((entry, i) => check(entry.code, step(step(step(pointer, 'contains'), i), 'code')));
  if (map.size === 0 && contains.length === 0) problems.add(pointer, 'MAPPING_CODES_EMPTY');
  const search =
    contains.length === 0 ? undefined : (text: string) => contains.find((entry) => text.includes(entry.text))?.code;
  return {
    list: table.list,
    lookup: search === undefined ? (text) => map.get(text) : (text) => map.get(text) ?? search(text),
  };
}

/** A standard list as a table: its own codes, unchanged. */
export const listTable = (list: string, known: CodeSet): CodeTable => ({
  list,
  lookup: (text) => (known.has(text) ? text : undefined),
});
