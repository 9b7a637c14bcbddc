import { openedIdentifier, SEALED_BY, WITH_SUBJECT_KEY, type SealedCell } from '../shared/identifiers.js';
import type { Operation } from '../shared/operation.js';

/** The numbers of residents, opened from the Person rows they were chosen from; residents without one are missing. */
export async function idNumbers(operation: Operation, residents: string[]): Promise<Map<string, string>> {
  const rows = await operation.byIds<SealedCell & { id: string; sealed: Buffer | null }>(
    (isOne) => `SELECT g.id, r.stream, r.key, r.part, r.id_number_sealed AS sealed, ${SEALED_BY}
       FROM data.resident g
       JOIN data.person r ON r.stream = g.id_number_stream AND r.key = g.id_number_key AND r.part = g.id_number_part
       JOIN control.stream s ON s.id = r.stream
       ${WITH_SUBJECT_KEY}
      WHERE g.id ${isOne} AND r.gone_run IS NULL`,
    residents,
  );
  const numbers = new Map<string, string>();
  for (const row of rows) {
    const text = openedIdentifier(operation.kit.keyring, 'Person', 'id_number', row.sealed, row);
    if (text !== null) numbers.set(row.id, text);
  }
  return numbers;
}
