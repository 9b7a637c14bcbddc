import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { unzip } from '../../../test/kit/unzip.js';
import { columnName, csvOf, harmless, xlsxOf } from '../../platform/sheets/index.js';
import type { Cell } from './cells.js';
import type { OpenedItem } from './open-items.js';
import { sheetsOf } from './sheet.js';

const cell = (pointer: string, value: string | null, more: Partial<Cell> = {}): Cell => ({
  pointer,
  value,
  shape: 'string(1) letters',
  access: 'SHOWN',
  rule: 'r',
  bad: false,
  fields: [],
  ...more,
});
const item = (id: string, cells: Cell[] | null, more: Partial<OpenedItem> = {}): OpenedItem =>
  ({
    id,
    stream: 1,
    streamName: 's',
    source: 'x',
    reason: 'MAPPING_CODE_UNKNOWN',
    pointer: '/性别',
    shape: 'digits',
    times: 2,
    cells,
    ...more,
  }) as OpenedItem;
const items = [
  item('1/aa', [
    cell('/姓名', '=HYPERLINK("http://x","y")'),
    cell('/性别', '7', { bad: true }),
    cell('/证件', null, { access: 'WITHHELD' }),
  ]),
  item('1/bb', [cell('/姓名', '行一\n"二",三'), cell('/性别', '', { bad: true }), cell('/备注', '<&>\u0001')]),
  item('1/cc', null, { pointer: '' }),
];

describe('rejected records as a table', () => {
  const [sheet] = sheetsOf(items, 'zh');

  it('have the original columns in their order, then what is wrong', () => {
    expect(sheet!.head.slice(0, 6)).toEqual(['姓名', '性别', '证件', '备注', '隔离编号', '坏单元格']);
    expect(sheet!.rows.map(({ bad }) => bad)).toEqual([[1], [1], []]);
    expect(sheet!.rows[0]!.cells.slice(2, 7)).toEqual(['***', '', '1/aa', '性别', 'MAPPING_CODE_UNKNOWN']);
  });

  it('are a CSV that every spreadsheet reads and none computes', () => {
    const text = csvOf(sheet!);
    expect(text.startsWith('\uFEFF')).toBe(true);
    const rows = parse(text, { bom: true }) as string[][];
    expect(rows[0]).toEqual(sheet!.head);
    expect(rows[1]![0]).toBe('\'=HYPERLINK("http://x","y")');
    expect(rows[2]![0]).toBe('行一\n"二",三');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1', '|cmd', '%0'])(
    '%j is made harmless',
    (text) => {
      expect(harmless(text)).toBe(`'${text}`);
    },
  );
  it.each(['', 'a=1', '张三', '2026-01-01', '1'])('%j stays', (text) => expect(harmless(text)).toBe(text));

  it('are a workbook of text cells with the refused ones coloured and commented', () => {
    const parts = unzip(xlsxOf([sheet!, { ...sheet!, name: 's' }]));
    for (const [name, text] of parts) expect([name, XMLValidator.validate(text)]).toEqual([name, true]);
    const read = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false });
    const book = read.parse(parts.get('xl/worksheets/sheet1.xml')!) as {
      worksheet: {
        sheetData: { row: { c: { '@r': string; '@s': string; '@t': string; is: { t: { '#text'?: string } } }[] }[] };
      };
    };
    const cells = book.worksheet.sheetData.row.flatMap((row) => row.c);
    expect(new Set(cells.map((one) => one['@t']))).toEqual(new Set(['inlineStr']));
    expect(cells.filter((one) => one['@s'] === '2').map((one) => one['@r'])).toEqual(['B2', 'B3']);
    expect(cells.find((one) => one['@r'] === 'A2')!.is.t['#text']).toBe('=HYPERLINK("http://x","y")');
    const notes = [...parts.get('xl/comments1.xml')!.matchAll(/ref="([A-Z]+\d+)"/g)].map((found) => found[1]);
    expect(notes).toEqual(['B2', 'B3']);
    expect(parts.get('xl/workbook.xml')).toContain('name="s 2"');
    expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
  });
});
