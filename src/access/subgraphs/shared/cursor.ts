import { UsageError } from '../../../platform/kernel/index.js';

const FIRST_LIMIT = 200;
const FIRST_DEFAULT = 20;
/** Counting stops here: the exact size of a large answer is not worth a scan. */
export const COUNT_CAP = 10_000;

export interface PageArgs {
  first?: number | null;
  after?: string | null;
}

/**
 * An opaque position: the kind of list and the key of the last row seen, never a value of a field.
 * Kinds keep a cursor of one list from being used in another.
 */
export const toCursor = (kind: string, key: string): string => Buffer.from(`${kind}:${key}`).toString('base64url');

/** @throws UsageError CURSOR_UNREADABLE unless `toCursor` of the same kind made it and the key has the shape. */
export function fromCursor(kind: string, cursor: string, shape: RegExp): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const key = text.slice(kind.length + 1);
  if (!text.startsWith(`${kind}:`) || !shape.test(key) || toCursor(kind, key) !== cursor)
    throw new UsageError('CURSOR_UNREADABLE');
  return key;
}

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const isUuid = (text: string): boolean => UUID.test(text);
/** A positive int4. */
export const SERIAL = /^[1-9]\d{0,9}$/;

/** The size of a page. @throws UsageError LIMIT_EXCEEDED over 200 or under 0. */
export function pageSize({ first }: PageArgs): number {
  const size = first ?? FIRST_DEFAULT;
  if (size > FIRST_LIMIT)
    throw new UsageError('LIMIT_EXCEEDED', { params: { limit: 'first', allowed: FIRST_LIMIT, actual: size } });
  if (size < 0)
    throw new UsageError('LIMIT_EXCEEDED', { params: { limit: 'first', allowed: FIRST_LIMIT, actual: size } });
  return size;
}
