import type { Keyring } from '../../platform/keys/index.js';
import type { SourceRow } from '../adapter-kit/index.js';

/** What is kept of a record that was refused. */
export interface QuarantineBody {
  /** The record's bytes, as the source gave them. */
  bytes: Buffer;
  /** The same, parsed under the columns and encoding of its delivery; null where it could not be read at all. */
  row: SourceRow | null;
}

/** What a refused record's body is bound to. */
export const quarantineAad = (stream: number, raw: Uint8Array): string =>
  `data.quarantine‖${stream}‖${Buffer.from(raw).toString('hex')}`;

/** Seals a refused record. Parsed as well as in bytes: a header that is gone tomorrow must not be needed to read it. */
export function sealBody(
  keyring: Keyring,
  at: { stream: number; raw: Uint8Array },
  body: { bytes: Uint8Array; row: SourceRow | null },
): Buffer {
  const text = JSON.stringify({ bytes: Buffer.from(body.bytes).toString('base64'), row: body.row });
  return keyring.sealSecret(text, quarantineAad(at.stream, at.raw));
}

/**
 * Opens a refused record. Bodies from before records were kept parsed hold bytes only; those that are JSON tell their row.
 * @throws FatalError KEYS_SEAL_BROKEN, KEYS_VERSION_UNKNOWN.
 */
export function openBody(keyring: Keyring, at: { stream: number; raw: Uint8Array; body: Uint8Array }): QuarantineBody {
  const text = keyring.openSecret(at.body, quarantineAad(at.stream, at.raw));
  if (text.startsWith('{')) {
    const { bytes, row } = JSON.parse(text) as { bytes: string; row: SourceRow | null };
    return { bytes: Buffer.from(bytes, 'base64'), row };
  }
  const bytes = Buffer.from(text, 'base64');
  return { bytes, row: jsonRow(bytes) };
}

function jsonRow(bytes: Buffer): SourceRow | null {
  if (bytes[0] !== 0x7b) return null;
  try {
    return JSON.parse(bytes.toString('utf8')) as SourceRow;
  } catch {
    return null;
  }
}
