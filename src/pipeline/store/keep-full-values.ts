import type { Tx } from '../../platform/database/index.js';
import type { EntityName } from '../../standard/index.js';
import { copyBytes, copyText } from './copy-text.js';
import type { EncodedRecord } from './encode-record.js';
import { entityTable } from './entity-table.js';
import type { ExistingRow } from './existing-rows.js';

/** A record whose new version hides or fakes a field that the stored version may hold in full. */
export interface Hiding {
  key: string;
  record: EncodedRecord;
  before: ExistingRow;
}

const HIDING = new Set<string>(['MASKED_AT_SOURCE', 'PLACEHOLDER']);

/** The fields of a record that must not replace a full value: masked at the source, or a placeholder. */
export const hidingFields = (record: EncodedRecord): string[] =>
  record.states === null ? [] : Object.keys(record.states).filter((field) => HIDING.has(record.states![field]!.kind));

/**
 * Puts the stored full value back wherever the new version only masks it or gives a placeholder, and marks the
 * field as kept from the run that read it. A masked value never overwrites a full one.
 */
export async function keepFullValues(tx: Tx, stream: number, hidings: readonly Hiding[]): Promise<void> {
  const byEntity = new Map<EntityName, Hiding[]>();
  for (const hiding of hidings) {
    const list = byEntity.get(hiding.record.entity) ?? [];
    list.push(hiding);
    byEntity.set(hiding.record.entity, list);
  }
  for (const [entity, list] of byEntity) {
    const table = entityTable(entity);
    const columns = [...new Set(table.fields.flatMap((field) => field.columns.map((column) => column.name)))];
    const { rows } = await tx.query<Record<string, unknown> & { key: string; part: string }>(
      `SELECT key, part, ${columns.map((column) => `"${column}"${isBytes(column) ? '' : '::text'} AS "${column}"`).join(', ')}
       FROM ${table.table} WHERE stream = $1 AND key = ANY($2) AND gone_run IS NULL`,
      [stream, list.map((hiding) => hiding.key)],
    );
    const stored = new Map(rows.map((row) => [`${row.key}\t${row.part}`, row]));
    for (const hiding of list) {
      const row = stored.get(`${hiding.key}\t${hiding.record.part}`);
      if (row) keep(hiding, row);
    }
  }
}

const isBytes = (column: string): boolean => column.endsWith('_sealed') || column.endsWith('_index');

function keep({ record, before }: Hiding, row: Record<string, unknown>): void {
  const table = entityTable(record.entity);
  for (const name of hidingFields(record)) {
    const field = table.fields.find((one) => one.name === name);
    const state = before.states?.[name];
    if (!field || (state && HIDING.has(state.kind)) || row[field.columns[0]!.name] === null) continue;
    const cell = table.cellOf.get(name)!;
    field.columns.forEach((column, offset) => {
      const value = row[column.name];
      record.cells[cell + offset] = Buffer.isBuffer(value) ? copyBytes(value) : copyText(value as string | null);
    });
    record.identifiers = record.identifiers.filter((pending) => pending.cell !== cell);
    record.states![name] = state?.kind === 'KEPT' ? state : { kind: 'KEPT', run: before.run };
  }
}
