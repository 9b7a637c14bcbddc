import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** True when a program's words say that the disk has no room. */
export const diskFull = (words: string): boolean => /No space left on device|Disk quota exceeded|ENOSPC/.test(words);

/** True when PostgreSQL could not have its port. */
export const portTaken = (words: string): boolean =>
  /Address already in use|could not create any TCP\/IP sockets/.test(words);

/** What a log has gained since it was `from` bytes long (the last 8 kB of it). */
export function linesSince(log: string, from: number): string {
  try {
    const file = openSync(log, 'r');
    try {
      const { size } = fstatSync(file);
      const start = Math.max(from, size - 8192);
      const bytes = Buffer.alloc(Math.max(0, size - start));
      readSync(file, bytes, 0, bytes.length, start);
      return bytes.toString('utf8');
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

/** The server's own last word on why it ended; its log never holds rows or statements. */
export function lastWord(words: string): string {
  const lines = words.split('\n').filter((line) => /\b(FATAL|PANIC|ERROR)\b:|: error:|cannot|denied/i.test(line));
  return (lines.at(-1) ?? '').replace(/^.*?(?=(FATAL|PANIC|ERROR):)/, '').trim();
}
