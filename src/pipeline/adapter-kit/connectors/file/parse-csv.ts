import { SkippableError } from '../../../../platform/kernel/index.js';

/**
 * The cells of one CSV record (RFC 4180), quotes removed.
 * @throws SkippableError CONNECTOR_RECORD_QUOTING for a quote inside an unquoted cell, text behind a closing quote, or
 * an unclosed quote.
 */
export function splitCells(text: string, delimiter: string, stream: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      const { cell, next } = quotedCell(text, at, stream);
      cells.push(cell);
      if (next === text.length) return cells;
      if (text[next] !== delimiter) throw quoting(stream);
      at = next + 1;
    } else {
      const end = text.indexOf(delimiter, at);
      const cell = end < 0 ? text.slice(at) : text.slice(at, end);
      if (cell.includes('"')) throw quoting(stream);
      cells.push(cell);
      if (end < 0) return cells;
      at = end + 1;
    }
  }
}

function quotedCell(text: string, from: number, stream: string): { cell: string; next: number } {
  let cell = '';
  for (let at = from + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw quoting(stream);
    cell += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { cell, next: quote + 1 };
    cell += '"';
    at = quote + 2;
  }
}

const quoting = (stream: string): SkippableError =>
  new SkippableError('CONNECTOR_RECORD_QUOTING', { origin: 'source', where: { stream } });
