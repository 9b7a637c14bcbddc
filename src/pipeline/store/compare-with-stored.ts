import type { Tx } from '../../platform/database/index.js';
import type { EntityName, FieldSpec } from '../../standard/index.js';
import type { EncodedRecord } from './encode-record.js';
import { entityTable } from './entity-table.js';
import type { Candidate } from './page-plan.js';

/** How changed records differ from what is stored under their keys, over a sample. */
export interface Comparison {
  sampled: number;
  /** Records of the sample that are stored already. */
  compared: number;
  /** Field → records in which a stored value is to become nothing. */
  emptied: Map<string, number>;
  /** Field → the factor between stored and new number that most records share, and how many share it. */
  scaled: Map<string, { factor: number; count: number }>;
}

const SAMPLE = 200;
const NULL = '\\N';

/** Compares up to 200 of a page's candidates, evenly taken, with the live rows under their keys. Writes nothing. */
export async function compareWithStored(
  tx: Tx,
  stream: number,
  candidates: readonly Pick<Candidate, 'key' | 'records'>[],
): Promise<Comparison> {
  const step = Math.max(1, Math.floor(candidates.length / SAMPLE));
  const sample = candidates.filter((_, index) => index % step === 0);
  const found: Comparison = { sampled: sample.length, compared: 0, emptied: new Map(), scaled: new Map() };
  const factors = new Map<string, Map<number, number>>();
  const seen = new Set<string>();
  for (const entity of new Set(sample.flatMap(({ records }) => records.map((record) => record.entity)))) {
    const stored = await storedFields(
      tx,
      stream,
      entity,
      sample.map(({ key }) => key),
    );
    for (const { key, records } of sample)
      for (const record of records) {
        const row = record.entity === entity ? stored.get(`${key}\u0000${record.part}`) : undefined;
        if (!row) continue;
        seen.add(key);
        compareRecord(record, row, found.emptied, factors);
      }
  }
  found.compared = seen.size;
  for (const [field, counts] of factors) {
    const [factor, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most));
    found.scaled.set(field, { factor, count });
  }
  return found;
}

type StoredRow = Record<string, string | boolean | null>;

/** Live rows by key and part: numbers as text, of everything else only whether there is a value. */
async function storedFields(
  tx: Tx,
  stream: number,
  entity: EntityName,
  keys: readonly string[],
): Promise<Map<string, StoredRow>> {
  const { table, fields } = entityTable(entity);
  const columns = fields.map((field) => {
    const column = `"${field.columns[0]!.name}"`;
    return `${isNumber(field) ? `${column}::text` : `${column} IS NOT NULL`} AS "${field.name}"`;
  });
  const { rows } = await tx.query<StoredRow>(
    `SELECT key AS "$key", part AS "$part", ${columns.join(', ')} FROM ${table} WHERE stream = $1 AND key = ANY($2) AND gone_run IS NULL`,
    [stream, keys],
  );
  return new Map(rows.map((row) => [`${String(row['$key'])}\u0000${String(row['$part'])}`, row]));
}

const isNumber = (field: FieldSpec): boolean => field.type === 'decimal' || field.type === 'integer';

function compareRecord(
  record: EncodedRecord,
  stored: StoredRow,
  emptied: Map<string, number>,
  factors: Map<string, Map<number, number>>,
): void {
  const { fields, cellOf } = entityTable(record.entity);
  for (const field of fields) {
    const before = stored[field.name];
    if (before === null || before === false || before === undefined) continue;
    const name = `${record.entity}.${field.name}`;
    const at = cellOf.get(field.name)!;
    const cell = record.identifiers.some((one) => one.cell === at) ? '' : record.cells[at]!;
    if (cell === NULL) {
      // A masked or placeholder value never overwrites one that is there.
      const kind = record.states?.[field.name]?.kind;
      if (kind !== 'MASKED_AT_SOURCE' && kind !== 'PLACEHOLDER') emptied.set(name, (emptied.get(name) ?? 0) + 1);
    } else if (isNumber(field) && Number(before) !== 0) {
      const factor = Number((Number(cell) / Number(before)).toPrecision(6));
      const counts = factors.get(name) ?? new Map<number, number>();
      counts.set(factor, (counts.get(factor) ?? 0) + 1);
      factors.set(name, counts);
    }
  }
}
