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

/** What a statement selects for `SealedCell`, beside the row's place; needs `WITH_SUBJECT_KEY`. */
export const SEALED_BY = 'k.wrapped, s.source AS sealed_source, k.person_key AS subject';

/**
 * Joins the subject key `k` of a typed row `r` in the stream `s`: its person as the source knows him, else the record
 * itself. The name of the subject is made behind a fence of its own: made within the comparison it would keep row
 * security from using the index, and every key of the source would be read for one row.
 */
export const WITH_SUBJECT_KEY = `CROSS JOIN LATERAL (
    SELECT coalesce(r.person_key, 'record/' || r.stream || '/' || r.key || '/' || r.part) COLLATE "C" AS name OFFSET 0) subject
  LEFT JOIN LATERAL (
    SELECT one.wrapped, one.person_key FROM data.subject_key one
     WHERE one.source = s.source AND one.person_key = subject.name OFFSET 0) k ON true`;

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
