import type { Tx } from '../../platform/database/index.js';
import { copyInto } from '../link/index.js';
import type { Conflict } from './golden.js';

/** Conflicts and areas of residents: small sets beside the golden row, rewritten only where they differ. */
interface ConflictRow {
  resident: string;
  field: string;
  text: string;
}

const conflictText = (conflict: Conflict): string =>
  JSON.stringify([
    conflict.reason,
    conflict.rows.map(({ source, stream, key, part, run }) => [source, stream, key, part, run]),
  ]);

export async function writeConflicts(tx: Tx, wanted: ReadonlyMap<string, readonly Conflict[]>): Promise<void> {
  const { rows } = await tx.query<{
    resident: string;
    field: string;
    reason: string;
    values: Record<string, unknown>[];
  }>('SELECT resident, field, reason, values FROM data.conflict WHERE resident = ANY($1)', [[...wanted.keys()]]);
  const stored = new Map<string, ConflictRow>(
    rows.map(({ resident, field, reason, values }) => [
      `${resident}/${field}`,
      {
        resident,
        field,
        text: JSON.stringify([reason, values.map((v) => [v.source, v.stream, v.key, v.part, v.run])]),
      },
    ]),
  );
  const fresh: { resident: string; conflict: Conflict }[] = [];
  const stale: ConflictRow[] = [];
  for (const [resident, conflicts] of wanted)
    for (const conflict of conflicts) {
      const name = `${resident}/${conflict.field}`;
      const known = stored.get(name);
      stored.delete(name);
      if (known?.text === conflictText(conflict)) continue;
      if (known) stale.push(known);
      fresh.push({ resident, conflict });
    }
  stale.push(...stored.values());
  if (stale.length > 0)
    await tx.query(
      `DELETE FROM data.conflict c USING unnest($1::uuid[], $2::text[]) u(resident, field)
       WHERE c.resident = u.resident AND c.field = u.field`,
      [stale.map((row) => row.resident), stale.map((row) => row.field)],
    );
  await copyInto(
    tx,
    'data.conflict',
    ['resident', 'field', 'chosen_stream', 'chosen_key', 'chosen_part', 'reason', 'values'],
    fresh.map(
      ({
        resident,
        conflict: {
          field,
          reason,
          rows: [chosen, ...others],
        },
      }) => [
        ...[resident, field, chosen!.stream, chosen!.key, chosen!.part, reason],
        JSON.stringify(
          [chosen!, ...others].map(({ source, stream, key, part, run }) => ({ source, stream, key, part, run })),
        ),
      ],
    ),
  );
}

export async function writeAreas(tx: Tx, wanted: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
  const { rows } = await tx.query<{ resident: string; area: string }>(
    'SELECT resident, area FROM data.resident_area WHERE resident = ANY($1)',
    [[...wanted.keys()]],
  );
  const stored = new Set(rows.map((row) => `${row.resident}/${row.area}`));
  const fresh: [string, string][] = [];
  for (const [resident, areas] of wanted)
    for (const area of areas) if (!stored.delete(`${resident}/${area}`)) fresh.push([resident, area]);
  if (stored.size > 0) {
    const stale = rows.filter((row) => stored.has(`${row.resident}/${row.area}`));
    await tx.query(
      `DELETE FROM data.resident_area a USING unnest($1::uuid[], $2::text[]) u(resident, area)
       WHERE a.resident = u.resident AND a.area = u.area`,
      [stale.map((row) => row.resident), stale.map((row) => row.area)],
    );
  }
  await copyInto(tx, 'data.resident_area', ['resident', 'area'], fresh);
}
