import { entityTable, identifierAad, subjectKeyId } from '../../../pipeline/store/index.js';
import type { EntityName } from '../../../standard/index.js';
import type { Keyring } from '../../../platform/keys/index.js';

/** The place of a sealed value and its row's wrapped subject key. */
export interface SealedCell {
  stream: number;
  key: string;
  part: string;
  wrapped: Buffer | null;
  sealed_source: string;
  subject: string | null;
}

/**
 * The text of a sealed identifier, or null when there is none or its subject key was destroyed (erasure).
 * It lives only until it is masked.
 */
export function openedIdentifier(
  keyring: Keyring,
  entity: EntityName,
  column: string,
  sealed: unknown,
  { stream, key, part, wrapped, sealed_source, subject }: SealedCell,
): string | null {
  if (!Buffer.isBuffer(sealed) || !wrapped || subject === null) return null;
  const aad = identifierAad(entityTable(entity).table, column, stream, key, part);
  return keyring.openIdentifier(keyring.unwrapSubjectKey(wrapped, subjectKeyId(sealed_source, subject)), aad, sealed);
}
