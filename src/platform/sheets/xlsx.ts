import type { Sheet } from './sheet.js';
import { zip } from './zip.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const [BOLD, BAD] = [1, 2];
const CELL_LIMIT = 32_767;

/**
 * A workbook (ECMA-376) with a sheet for each table. Every cell is text, so nothing in it is computed; refused values have a
 * red ground and a comment that says why.
 */
export function xlsxOf(sheets: readonly Sheet[]): Buffer {
  const named = namesOf(sheets);
  return zip([
    { name: '[Content_Types].xml', text: contentTypes(sheets.length) },
    { name: '_rels/.rels', text: relations([['officeDocument', 'xl/workbook.xml']]) },
    {
      name: 'xl/workbook.xml',
      text: `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${named
        .map((name, i) => `<sheet name="${escape(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
        .join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: relations([
        ...sheets.map((_, i): [string, string] => ['worksheet', `worksheets/sheet${i + 1}.xml`]),
        ['styles', 'styles.xml'],
      ]),
    },
    { name: 'xl/styles.xml', text: STYLES },
    ...sheets.flatMap((sheet, i) => [
      { name: `xl/worksheets/sheet${i + 1}.xml`, text: worksheet(sheet) },
      {
        name: `xl/worksheets/_rels/sheet${i + 1}.xml.rels`,
        text: relations([
          ['comments', `../comments${i + 1}.xml`],
          ['vmlDrawing', `../drawings/vmlDrawing${i + 1}.vml`],
        ]),
      },
      { name: `xl/comments${i + 1}.xml`, text: comments(sheet) },
      { name: `xl/drawings/vmlDrawing${i + 1}.vml`, text: drawing(sheet) },
    ]),
  ]);
}

/** A sheet's name: at most 31 characters, none of []:*?/\, no two alike. */
function namesOf(sheets: readonly Sheet[]): string[] {
  const names: string[] = [];
  for (const { name: given } of sheets) {
    const base = given.replace(/[[\]:*?/\\']/g, '_').slice(0, 28) || 'sheet';
    let name = base;
    for (let n = 2; names.includes(name); n++) name = `${base} ${n}`;
    names.push(name);
  }
  return names;
}

/** Text in XML; characters that XML 1.0 does not know become U+FFFD. */
const escape = (text: string): string =>
  text
    .slice(0, CELL_LIMIT)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');

/** 0 → A, 26 → AA. */
export function columnName(index: number): string {
  let name = '';
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26)) name = String.fromCharCode(65 + ((n - 1) % 26)) + name;
  return name;
}

function worksheet({ head, rows }: Sheet): string {
  const line = (cells: readonly string[], row: number, styleOf: (column: number) => number): string =>
    `<row r="${row}">${cells
      .map(
        (text, i) =>
          `<c r="${columnName(i)}${row}" s="${styleOf(i)}" t="inlineStr"><is><t xml:space="preserve">${escape(text)}</t></is></c>`,
      )
      .join('')}</row>`;
  const data = rows.map(({ cells, bad = [] }, i) => line(cells, i + 2, (column) => (bad.includes(column) ? BAD : 0)));
  return (
    `${HEAD}<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheetViews><sheetView workbookViewId="0">` +
    `<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `${widths([head, ...rows.map(({ cells }) => cells)])}<sheetData>${line(head, 1, () => BOLD)}${data.join('')}</sheetData><legacyDrawing r:id="rId2"/></worksheet>`
  );
}

/** Columns as wide as their longest text, within reason; a Chinese character counts as two. */
function widths(rows: readonly (readonly string[])[]): string {
  const wide = (text: string): number => Array.from(text).reduce((sum, one) => sum + (one > '\u2e80' ? 2 : 1), 2);
  const columns = (rows[0] ?? []).map((_, i) => Math.min(60, Math.max(8, ...rows.map((row) => wide(row[i] ?? '')))));
  if (columns.length === 0) return '';
  return `<cols>${columns.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>`;
}

const marks = ({ rows }: Sheet): { row: number; column: number; note: string }[] =>
  rows.flatMap(({ bad = [], note = '' }, i) => bad.map((column) => ({ row: i + 1, column, note })));

const comments = (sheet: Sheet): string =>
  `${HEAD}<comments xmlns="${MAIN}"><authors><author>Isthmus</author></authors><commentList>${marks(sheet)
    .map(
      ({ row, column, note }) =>
        `<comment ref="${columnName(column)}${row + 1}" authorId="0"><text><t xml:space="preserve">${escape(note)}</t></text></comment>`,
    )
    .join('')}</commentList></comments>`;

/** The boxes that old and new spreadsheets draw comments in. */
const drawing = (sheet: Sheet): string =>
  `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
  `<v:shapetype id="note" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/></v:shapetype>` +
  marks(sheet)
    .map(
      ({ row, column }) =>
        `<v:shape type="#note" style="position:absolute;width:220pt;height:60pt;visibility:hidden" fillcolor="#ffffe1"><x:ClientData ObjectType="Note">` +
        `<x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`,
    )
    .join('') +
  '</xml>';

const relations = (targets: readonly [type: string, target: string][]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${targets
    .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

function contentTypes(count: number): string {
  const type = (part: string, kind: string): string =>
    `<Override PartName="/xl/${part}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  const sheets = Array.from(
    { length: count },
    (_, i) => type(`worksheets/sheet${i + 1}`, 'worksheet') + type(`comments${i + 1}`, 'comments'),
  );
  return (
    `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>` +
    `${type('workbook', 'sheet.main')}${type('styles', 'styles')}${sheets.join('')}</Types>`
  );
}

/** 0 plain text · 1 bold · 2 red ground; all of the number format "text". */
const STYLES =
  `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
  `<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
  `<fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/><bgColor indexed="64"/></patternFill></fill></fills>` +
  `<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">` +
  `<xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/>` +
  `<xf numFmtId="49" fillId="2" applyNumberFormat="1" applyFill="1"/></cellXfs></styleSheet>`;
