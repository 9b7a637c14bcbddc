import type { SourceRow } from '../contract.js';

/** Field names and JSON types seen in sample rows, in order of first sight. */
export function fieldsOf(rows: readonly SourceRow[]): { name: string; type: string }[] {
  const types = new Map<string, string>();
  for (const row of rows)
    for (const [name, value] of Object.entries(row)) {
      const type =
        value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'string' ? 'text' : typeof value;
      if (!types.has(name) || types.get(name) === 'null') types.set(name, type);
    }
  return [...types].map(([name, type]) => ({ name, type }));
}
