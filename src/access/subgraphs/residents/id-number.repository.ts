import { openedIdentifier, type SealedCell } from '../shared/identifiers.js';
import type { Operation } from '../shared/operation.js';

/** The numbers of residents, opened from the Person rows they were chosen from; residents without one are missing. */
export async function idNumbers(operation: Operation, residents: string[]): Promise<Map<string, string>> {
  const rows = await operation.prepared<SealedCell & { id: string; sealed: Buffer | null }>(
    `SELECT g.id, r.stream, r.key, r.part, r.id_number_sealed AS sealed, k.wrapped, s.source AS sealed_source,
            k.person_key AS subject
       FROM data.resident g
       JOIN data.person r ON r.stream = g.id_number_stream AND r.key = g.id_number_key AND r.part = g.id_number_part
       JOIN control.stream s ON s.id = r.stream
       LEFT JOIN data.subject_key k ON k.source = s.source
        AND k.person_key = coalesce(r.person_key, 'record/' || r.stream || '/' || r.key || '/' || r.part) COLLATE "C"
      WHERE g.id = ANY($1::uuid[]) AND r.gone_run IS NULL`,
    [residents],
  );
  const numbers = new Map<string, string>();
  for (const row of rows) {
    const text = openedIdentifier(operation.kit.keyring, 'Person', 'id_number', row.sealed, row);
    if (text !== null) numbers.set(row.id, text);
  }
  return numbers;
}
