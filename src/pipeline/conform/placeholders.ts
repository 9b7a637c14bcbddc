import type { ManifestView } from './mapping-document.js';

/**
 * The values a source writes where it has none (`未知`, `1900-01-01`, `13800000000`), declared in the manifest by
 * type. `text` holds for columns of every type; the others only for their own.
 */
export interface Placeholders {
  has(text: string): boolean;
  /** For texts that the date normaliser already reads as nothing: true when a declared day stands first, in any writing. */
  begins(text: string): boolean;
}

const NONE: Placeholders = { has: () => false, begins: () => false };
const KINDS: Readonly<Record<string, string>> = {
  partialDate: 'date',
  date: 'date',
  integer: 'number',
  decimal: 'number',
};

export function placeholdersFor(manifest: ManifestView, fieldType: string): Placeholders {
  const declared = manifest.placeholders ?? {};
  const kind = KINDS[fieldType] ?? fieldType;
  const own = declared[kind] ?? [];
  const values = new Set([...(declared['text'] ?? []), ...own].map((value) => value.trim()));
  if (values.size === 0) return NONE;
  const days = new Set(kind === 'date' ? own.map(digits) : []);
  return {
    has: (text) => values.has(text),
    begins: (text) => values.has(text) || (days.size > 0 && days.has(digits(text).slice(0, 8))),
  };
}

const digits = (text: string): string => text.replace(/\D/g, '');
