import { createInterface } from 'node:readline/promises';
import type { WriteStream } from 'node:tty';
import Table from 'cli-table3';
import { fitTable } from './fit-table.js';

const CODES = { yellow: 33, red: 31, green: 32, dim: 2, bold: 1 } as const;
export type Paint = keyof typeof CODES;

/** Colours only where a person looks: not in pipes, not with NO_COLOR (no-color.org), which `hasColors` honours. */
export const hasColours = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && (stream as unknown as WriteStream).hasColors(16);

export const paint = (stream: NodeJS.WriteStream, how: Paint, text: string): string =>
  hasColours(stream) ? `\u001b[${CODES[how]}m${text}\u001b[0m` : text;

export interface TableShape {
  head: string[];
  /** Columns whose cells are numbers, by index. */
  right?: number[];
  /** Cells may hold several lines; rows are then ruled. */
  lines?: boolean;
}

/** A table for stdout; wide characters count as two columns. On a terminal it is made to fit, in a pipe it is not. */
export function table({ head, right = [], lines = false }: TableShape, rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => (lines ? [...row] : row.map((cell) => cell.replaceAll('\n', ' '))));
  const { isTTY, columns } = process.stdout;
  const [titles, ...fitted] = isTTY && columns ? fitTable([head, ...cells], columns) : [head, ...cells];
  const made = new Table({
    head: titles!.map((title) => paint(process.stdout, 'bold', title)),
    colAligns: head.map((_, column) => (right.includes(column) ? 'right' : 'left')),
    style: { head: [], border: [], compact: !lines },
  });
  made.push(...fitted);
  return made.toString();
}

/** Asks a yes or no on the terminal; the caller made sure that there is one. */
export async function confirm(question: string): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(y|yes|是)$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } finally {
    asking.close();
  }
}

/** Everything on standard input, for a value that must not stand on the command line. */
export async function readStandardInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts).toString('utf8').trim();
}

/** `2026-11-24 18:03` in China, where the data are from; an em dash for nothing. */
export function when(time: Date | string | null | undefined): string {
  if (!time) return '—';
  const local = new Date(new Date(time).getTime() + 8 * 3_600_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)}`;
}
