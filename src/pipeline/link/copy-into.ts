import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Tx } from '../../platform/database/index.js';

export type CopyCell = string | number | boolean | Buffer | null;

const NEEDS_ESCAPE = /[\\\t\n\r]/;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function copyCell(cell: CopyCell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'string')
    return NEEDS_ESCAPE.test(cell) ? cell.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!) : cell;
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'boolean') return cell ? 't' : 'f';
  return `\\\\x${cell.toString('hex')}`;
}

/** Appends rows to a table by COPY, in the transaction's own connection. Cells in the order of `columns`. */
export async function copyInto(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly CopyCell[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const chunks: string[] = [];
  let text = '';
  for (const row of rows) {
    text += copyCell(row[0]!);
    for (let column = 1; column < row.length; column++) text += `\t${copyCell(row[column]!)}`;
    text += '\n';
    if (text.length > 1 << 16) {
      chunks.push(text);
      text = '';
    }
  }
  if (text) chunks.push(text);
  const sink = tx.client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  await pipeline(Readable.from(chunks), sink);
}

/** A text array as COPY and parameters write it; null elements are not allowed. */
export const arrayText = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
