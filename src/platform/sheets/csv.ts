import type { Sheet } from './sheet.js';

/** What a spreadsheet would take for a formula or a command, in narrow and wide form. */
const FORMULA = /^[\t\r\n ]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]/;

/** A text that no spreadsheet computes: one that looks like a formula gets an apostrophe before it. */
export const harmless = (text: string): string => (FORMULA.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text);

const cell = (text: string): string => {
  const safe = harmless(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** UTF-8 with a byte order mark, because spreadsheets take a CSV without one for the local encoding. */
export const csvOf = (sheet: Sheet): string =>
  `\uFEFF${[sheet.head, ...sheet.rows.map(({ cells }) => cells)].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
