import type { GoldenTable } from '../shared/golden.repository.js';
import type { Operation } from '../shared/operation.js';
import { Resident } from './resident.js';

export const RESIDENTS: GoldenTable<Resident> = {
  table: 'data.resident',
  entity: 'Person',
  make: (id, row, directory) => new Resident('Resident', id, 'Person', row, directory),
  onRead: ({ context }, id) => context.subject(id),
};

/** The residents to whom a live record gives this number, now or earlier. */
export async function residentsByIdNumber(operation: Operation, index: Buffer): Promise<string[]> {
  const rows = await operation.prepared<{ resident: string }>(
    `SELECT DISTINCT m.resident
       FROM (SELECT stream, person_key FROM data.person
              WHERE id_number_index = $1 AND gone_run IS NULL AND current
             UNION
             SELECT stream, person_key FROM data.person_identifier
              WHERE id_number_index = $1 AND gone_run IS NULL AND current) p
       JOIN control.stream s ON s.id = p.stream
       JOIN data.resident_member m ON m.source = s.source AND m.person_key = p.person_key`,
    [index],
  );
  return rows.map(({ resident }) => resident);
}

/** The resident into which the one of an id was merged; null where it was not. */
export async function survivorOf(operation: Operation, id: string): Promise<string | null> {
  const rows = await operation.prepared<{ survivor: string }>(
    'SELECT survivor FROM data.resident_redirect WHERE id = $1',
    [id],
  );
  return rows[0]?.survivor ?? null;
}
