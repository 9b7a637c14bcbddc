const ANSI = /\u001b\[\d+m/g;
const WRAPPED = /^(\u001b\[\d+m)([^]*)(\u001b\[0m)$/;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** An id is for copying: it is not broken. */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
/** A column is not made narrower than this, but for one that never was wider. */
const LEAST = 8;
/** What a table draws around each cell: a rule and two blanks. */
const FRAME = 3;

const widthOf = (text: string): number =>
  Math.max(
    0,
    ...text
      .replace(ANSI, '')
      .split('\n')
      .map((line) => Array.from(line).reduce((sum, one) => sum + columns(one), 0)),
  );

const columns = (character: string): number => (WIDE.test(character) ? 2 : 1);

/**
 * Breaks the cells of a table so that it fits into `width` columns: the widest column gives way first. A terminal
 * would break the frame instead. Rows that fit are left as they are.
 */
export function fitTable(rows: readonly (readonly string[])[], width: number): string[][] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(0, ...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  const least = widths.map((_, column) => (rows.some((row) => UUID.test(row[column] ?? '')) ? 36 : LEAST));
  const spare = (column: number): number => widths[column]! - least[column]!;
  let over = widths.reduce((sum, one) => sum + one + FRAME, 1) - width;
  while (over > 0) {
    const givers = widths.map((_, column) => column).filter((column) => spare(column) > 0);
    if (givers.length === 0) break;
    const widest = givers.reduce((one, other) => (widths[other]! > widths[one]! ? other : one));
    widths[widest]!--;
    over--;
  }
  return rows.map((row) => row.map((cell, column) => wrap(cell, widths[column]!)));
}

/** Breaks at blanks where there are some near, else anywhere; colours are put around each line anew. */
function wrap(cell: string, width: number): string {
  if (widthOf(cell) <= width) return cell;
  const [, begin = '', text = cell, end = ''] = WRAPPED.exec(cell) ?? [];
  const indent = /^ */.exec(text)![0].slice(0, Math.floor(width / 2));
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    let used = 0;
    for (const character of paragraph) {
      if (used + columns(character) > width) {
        const blank = line.lastIndexOf(' ');
        const cut = blank > Math.max(indent.length, line.length / 2) ? blank + 1 : line.length;
        lines.push(line.slice(0, cut).trimEnd());
        line = indent + line.slice(cut);
        used = widthOf(line);
      }
      line += character;
      used += columns(character);
    }
    lines.push(line);
  }
  return lines.map((line) => `${begin}${line}${end}`).join('\n');
}
