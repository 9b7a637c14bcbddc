import type { ManifestView } from './mapping-document.js';

/**
 * The values a source writes where it has none (`未知`, `1900-01-01`, `13800000000`), declared in the manifest by
 * type. `text` holds for columns of every type; the others only for their own.
 */
export interface Placeholders {
  has(text: string): boolean;
}

const NONE: Placeholders = { has: () => false };
const KINDS: Readonly<Record<string, string>> = { partialDate: 'date', date: 'date', integer: 'number', decimal: 'number' };

export function placeholdersFor(manifest: ManifestView, fieldType: string): Placeholders {
  const declared = manifest.placeholders ?? {};
  const kind = KINDS[fieldType] ?? fieldType;
  const values = new Set([...(declared['text'] ?? []), ...(declared[kind] ?? [])].map((value) => value.trim()));
  return values.size === 0 ? NONE : values;
}
