import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { unzip } from '../../../../test/kit/unzip.js';
import { buildCatalogue, searchCatalogue, type Found } from '../../../governance/registry/index.js';
import { csvOf, xlsxOf } from '../../../platform/sheets/index.js';
import { flat, workbook } from './export-catalogue.js';

const zh = (chinese: string): string => chinese;
const FORMULA = '=HYPERLINK("http://x","y")';
/** The catalogue, with a source whose format is a formula. */
const found: Found[] = searchCatalogue(buildCatalogue([]), {}).map(({ resource, matches }, at) => ({
  resource: at === 0 ? { ...resource, format: FORMULA } : resource,
  matches,
}));
const items = found.flatMap(({ matches }) => matches);

describe('the exported catalogue', () => {
  it('is a workbook of two sheets, all of whose cells are text', () => {
    const parts = unzip(xlsxOf(workbook(found, zh)));
    for (const [name, text] of parts) expect([name, XMLValidator.validate(text)]).toEqual([name, true]);
    expect(parts.get('xl/workbook.xml')).toMatch(/name="信息资源".*name="信息项"/);
    const read = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', isArray: (name) => name === 'c' });
    const rows = [1, 2].map((sheet) => {
      const book = read.parse(parts.get(`xl/worksheets/sheet${sheet}.xml`)!) as {
        worksheet: { sheetData: { row: { c: { '@t': string }[] }[] } };
      };
      return book.worksheet.sheetData.row;
    });
    expect(rows.map((sheet) => sheet.length)).toEqual([found.length + 1, items.length + 1]);
    expect(new Set(rows.flat().flatMap(({ c }) => c.map((cell) => cell['@t'])))).toEqual(new Set(['inlineStr']));
    expect(parts.get('xl/worksheets/sheet1.xml')).not.toContain('<f>');
  });

  it('is a CSV with a row for each item that no spreadsheet computes', () => {
    const [head, ...rows] = parse(csvOf(flat(found, zh)), { bom: true }) as string[][];
    expect(rows).toHaveLength(items.length);
    expect(head!.slice(0, 3)).toEqual(['信息资源分类', '信息资源名称', '信息资源代码']);
    expect(rows[0]![head!.indexOf('格式')]).toBe(`'${FORMULA}`);
    for (const row of rows) expect(row[head!.indexOf('信息项:级别')]).toMatch(/^L[1-4] /);
  });
});
