import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { splitCells } from './parse-csv.js';
import { CsvSplitter } from './split-csv.js';

/** Splits with a window that grows by `step` bytes, as a reader does. */
function split(bytes: Buffer, delimiter = ',', step = bytes.length, longest?: number): Buffer[] {
  const splitter = new CsvSplitter(delimiter, longest);
  const records: Buffer[] = [];
  let from = 0;
  for (let to = Math.min(step, bytes.length); ; to = Math.min(to + step, bytes.length)) {
    const window = bytes.subarray(0, to);
    splitter.moved();
    while (splitter.next(window, from, to, to === bytes.length)) {
      from = splitter.resume;
      records.push(bytes.subarray(splitter.start, splitter.end));
    }
    if (to === bytes.length) return records;
  }
}

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', '𠮷', '张', '镕', '2', ' '), maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));

const quote = (cell: string, delimiter: string): string =>
  /["\n\r]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;

describe('CSV splitting', () => {
  it.each([
    ['utf8', 7],
    ['gb18030', 11],
  ])('agrees with csv-parse for any table in %s, whatever the window', (encoding, seed) => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 40 }),
        (rows, delimiter, eol, step) => {
          const encodable = rows.map((row) => row.map((cell) => cell.toWellFormed()));
          const document = encodable
            .map((row) => row.map((cell) => quote(cell, delimiter)).join(delimiter) + eol)
            .join('');
          const bytes = iconv.encode(document, encoding);
          // iconv-lite writes the few code points GB18030-2022 moved differently from Node: compare only what round-trips.
          fc.pre(new TextDecoder(encoding === 'utf8' ? 'utf-8' : encoding).decode(bytes) === document);
          const expected = parse(document, { delimiter, record_delimiter: eol, skip_empty_lines: true }) as string[][];
          const decoder = new TextDecoder(encoding === 'utf8' ? 'utf-8' : encoding, { fatal: true, ignoreBOM: true });
          const found = split(bytes, delimiter, step).map((record) =>
            splitCells(decoder.decode(record), delimiter, 's'),
          );
          expect(found).toEqual(expected);
        },
      ),
      { seed, numRuns: 400 },
    );
  });

  it('lets a record with broken quoting spoil itself only', () => {
    const lines = ['1,"a"x', '2,"open', '3,"ok"', '4,b'];
    const records = split(Buffer.from(lines.join('\n') + '\n')).map(String);
    expect(records).toEqual(lines);
    expect(() => splitCells(lines[0]!, ',', 's')).toThrow('CONNECTOR_RECORD_QUOTING');
    expect(() => splitCells(lines[1]!, ',', 's')).toThrow('CONNECTOR_RECORD_QUOTING');
  });

  it('gives up on an unclosed quote after the longest record believed, or at the end of the file', () => {
    const lines = ['1,"open', ...Array.from({ length: 20 }, (_, i) => `${i},plain`)];
    expect(split(Buffer.from(lines.join('\n')), ',', 16, 64).map(String)).toEqual(lines);
    expect(split(Buffer.from(lines.join('\n'))).map(String)).toEqual(lines);
  });
});
