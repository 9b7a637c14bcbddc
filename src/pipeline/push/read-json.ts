import { deeperThan, type JsonObject, type JsonValue } from '../../platform/kernel/index.js';
import { parseJson } from '../adapter-kit/index.js';
import { badEvent } from './push-error.js';

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const MAX_DEPTH = 32;

/** @throws UsageError PUSH_EVENT. */
export function textOf(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw badEvent('UTF-8');
  }
}

/** Numbers too long for a double come as text. @throws UsageError PUSH_EVENT; the parser's message quotes the text and is dropped. */
export function parseText(text: string): JsonValue {
  if (deeperThan(text, MAX_DEPTH)) throw badEvent(`JSON depth ≤ ${MAX_DEPTH}`);
  try {
    return parseJson(text);
  } catch {
    throw badEvent('JSON');
  }
}

export function objectOf(value: unknown, name: string): JsonObject {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as JsonObject;
  throw badEvent(name);
}
