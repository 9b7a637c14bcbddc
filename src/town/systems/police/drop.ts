import {
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import iconv from 'iconv-lite';

const FLUSH_AT = 1 << 16;

/** RFC 4180: quotes only where a comma, quote or line end asks for them. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Delivers one file as the police do: GB18030, CRLF, a header row, written under another name and renamed, then the
 * marker `<file>.ok` with `rows=<n>`. A reader that waits for the marker never sees half a file.
 */
export async function deliver<Column extends string>(
  directory: string,
  name: string,
  columns: readonly Column[],
  rows: Iterable<Record<Column, string>>,
  tick: (done: number) => void,
): Promise<number> {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, name);
  const out = createWriteStream(`${file}.tmp`);
  let buffer = `${columns.join(',')}\r\n`;
  let count = 0;
  for (const row of rows) {
    buffer += `${columns.map((column) => csvCell(row[column])).join(',')}\r\n`;
    count += 1;
    if (buffer.length < FLUSH_AT) continue;
    tick(count);
    if (!out.write(iconv.encode(buffer, 'gb18030'))) await once(out, 'drain');
    buffer = '';
  }
  out.end(iconv.encode(buffer, 'gb18030'));
  await once(out, 'close');
  // A file that is given again is not complete until its marker is.
  rmSync(`${file}.ok`, { force: true });
  renameSync(`${file}.tmp`, file);
  writeFileSync(`${file}.ok.tmp`, `rows=${count}\n`);
  renameSync(`${file}.ok.tmp`, `${file}.ok`);
  return count;
}

/** True when file and marker are both there. */
export const isDelivered = (directory: string, name: string): boolean =>
  existsSync(join(directory, name)) && existsSync(join(directory, `${name}.ok`));

/** Gives a delivery the time of now when it is older than `hours`: today's delivery holds what yesterday's did. */
export function refresh(directory: string, name: string, hours: number): void {
  const file = join(directory, name);
  if (Date.now() - statSync(`${file}.ok`).mtimeMs < hours * 3_600_000) return;
  const now = new Date();
  for (const path of [file, `${file}.ok`]) utimesSync(path, now, now);
}
