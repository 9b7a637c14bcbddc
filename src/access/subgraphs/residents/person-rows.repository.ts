import { columns } from '../shared/columns.js';
import { SEALED_BY, WITH_SUBJECT_KEY, type SealedCell } from '../shared/identifiers.js';
import type { Operation } from '../shared/operation.js';
import { valuesOf } from '../shared/values.js';

export interface RowPointer {
  stream: number;
  key: string;
  part: string;
}

export interface PointedRow {
  /** Field values; identifiers open when they are read. */
  values: Record<string, unknown>;
}

const nameOf = ({ stream, key, part }: RowPointer): string => JSON.stringify([stream, key, part]);

/** Person rows by their place, in one statement, under the plan. */
export async function personRows(
  operation: Operation,
  places: readonly RowPointer[],
): Promise<{ get(place: RowPointer): PointedRow | undefined }> {
  const found = new Map<string, PointedRow>();
  if (places.length > 0) {
    const rows = await operation.prepared<SealedCell & Record<string, unknown>>(
      `SELECT r.stream, r.key, r.part, ${SEALED_BY}
              ${columns(operation.plan('Person'), 'Person', 'r')}
         FROM unnest($1::int4[], $2::text[], $3::text[]) AS p(stream, key, part)
         JOIN data.person r ON r.stream = p.stream AND r.key = p.key AND r.part = p.part
         JOIN control.stream s ON s.id = r.stream
         ${WITH_SUBJECT_KEY}
        WHERE r.gone_run IS NULL`,
      [places.map(({ stream }) => stream), places.map(({ key }) => key), places.map(({ part }) => part)],
    );
    for (const row of rows) found.set(nameOf(row), { values: valuesOf(operation, 'Person', row) });
  }
  return { get: (place) => found.get(nameOf(place)) };
}
