import { speak, type Language } from '../../platform/messages/index.js';
import type { Sheet, SheetRow } from '../../platform/sheets/index.js';
import type { OpenedItem } from './open-items.js';

/** The refused records of one stream as a table: the source's own columns, then what is wrong with each. */
export interface StreamSheet extends Sheet {
  source: string;
  stream: string;
  head: string[];
  rows: Required<SheetRow>[];
}

export const HIDDEN = '***';
const EXTRA = {
  zh: ['隔离编号', '坏单元格', '原因', '说明', '值的形状', '次数'],
  en: ['quarantine id', 'bad cell', 'reason', 'in words', 'shape of the value', 'times'],
};

/** Tables of opened records, one a stream. A record that cannot be read at all has only its reason. Pure. */
export function sheetsOf(opened: readonly OpenedItem[], language: Language): StreamSheet[] {
  return [...new Set(opened.map((item) => item.stream))].map((stream) => {
    const mine = opened.filter((item) => item.stream === stream);
    const columns = [...new Set(mine.flatMap(({ cells }) => cells ?? []).map(({ pointer }) => pointer))];
    return {
      name: mine[0]!.streamName,
      source: mine[0]!.source,
      stream: mine[0]!.streamName,
      head: [...columns.map(titleOf), ...EXTRA[language]],
      rows: mine.map((item) => rowOf(item, columns, language)),
    };
  });
}

/** `/a~1b/0` is the source's column `a/b.0`. */
const titleOf = (pointer: string): string =>
  pointer
    .slice(1)
    .split('/')
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'))
    .join('.');

function rowOf(item: OpenedItem, columns: readonly string[], language: Language): Required<SheetRow> {
  const found = new Map((item.cells ?? []).map((cell) => [cell.pointer, cell]));
  const text = (pointer: string): string => {
    const cell = found.get(pointer);
    if (!cell) return '';
    return cell.access === 'SHOWN' || cell.value !== null ? (cell.value ?? '') : cell.shape === 'null' ? '' : HIDDEN;
  };
  const bad = columns.flatMap((pointer, index) => (found.get(pointer)?.bad ? [index] : []));
  const note = speak(item.reason, language, { shape: item.shape }).text;
  const where = bad.length ? bad.map((index) => titleOf(columns[index]!)).join(', ') : titleOf(item.pointer);
  return {
    cells: [...columns.map(text), item.id, where, item.reason, note, item.shape, String(item.times)],
    bad,
    note: `${item.reason}: ${note} (${item.shape})`,
  };
}
