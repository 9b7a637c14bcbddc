import { SkippableError, type JsonValue } from '../../../platform/kernel/index.js';

/** A record's bytes as JSON. @throws SkippableError with `code` when they are none; the parser's message is not kept. */
export function parseJsonRecord(record: Uint8Array, stream: string, code: string): JsonValue {
  try {
    return JSON.parse(Buffer.from(record.buffer, record.byteOffset, record.byteLength).toString('utf8')) as JsonValue;
  } catch {
    throw new SkippableError(code, { origin: 'source', where: { stream } });
  }
}
