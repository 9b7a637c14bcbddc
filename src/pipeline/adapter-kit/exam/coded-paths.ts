import type { JsonValue } from '../../../platform/kernel/index.js';

/** Every source path that a stream's mapping reads through a code table. */
export function codedPaths(document: unknown): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (value === null || typeof value !== 'object') return;
    const { codes, from } = value as { codes?: unknown; from?: unknown };
    if (typeof codes === 'string' && typeof from === 'string') found.add(from);
    Object.values(value).forEach(visit);
  };
  visit(document);
  return [...found];
}

const STEP = /\['([^']+)'\]|\[\?([^=\]]+)=([^\]]*)\]|\[(\d+)\]|([^.[\]'"]+)/g;

/** A copy of a row with another value at a mapping path; null when there is no text at that path. */
export function replaced(row: JsonValue, path: string, value: string): JsonValue | null {
  const copy = structuredClone(row);
  let at: JsonValue | undefined = copy;
  let put: (() => void) | null = null;
  for (const [, quoted, field, wanted, index, plain] of path.matchAll(STEP)) {
    const holder: JsonValue | undefined = at;
    if (holder === null || typeof holder !== 'object') return null;
    let step: string | number = quoted ?? plain ?? Number(index);
    if (field !== undefined) {
      if (!Array.isArray(holder)) return null;
      step = holder.findIndex(
        (item) =>
          item !== null &&
          typeof item === 'object' &&
          String((item as Record<string, JsonValue>)[field.trim()]) === wanted!.trim(),
      );
    }
    const members = holder as Record<string | number, JsonValue>;
    at = members[step];
    put = () => (members[step] = value);
  }
  if (typeof at !== 'string' || at.trim() === '') return null;
  put?.();
  return copy;
}
