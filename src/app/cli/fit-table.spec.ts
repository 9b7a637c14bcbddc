import { describe, expect, it } from '@jest/globals';
import { fitTable } from './fit-table.js';

const wide = (text: string): number =>
  Array.from(text).reduce((sum, one) => sum + (/[\u4e00-\u9fff]/.test(one) ? 2 : 1), 0);
const longest = (rows: string[][], column: number): number =>
  Math.max(...rows.flatMap((row) => row[column]!.split('\n').map(wide)));

describe('a table on a narrow terminal', () => {
  it('is left alone where it fits', () => {
    const rows = [
      ['field', 'value'],
      ['name', '王建国'],
    ];
    expect(fitTable(rows, 80)).toEqual(rows);
  });

  it('breaks its widest cells, at blanks or between characters, and loses nothing', () => {
    const text = '无来源提供的字段'.repeat(10);
    const words = 'one two three four five six seven eight nine ten eleven twelve';
    const rows = fitTable(
      [
        ['field', 'value', 'why'],
        ['name', text, words],
      ],
      60,
    );
    expect(longest(rows, 0) + longest(rows, 1) + longest(rows, 2) + 10).toBeLessThanOrEqual(60);
    expect(rows[1]![1]!.replaceAll('\n', '')).toBe(text);
    expect(rows[1]![2]!.split('\n').join(' ')).toBe(words);
    expect(rows[1]![0]).toBe('name');
  });

  it('paints every line of a painted cell', () => {
    const [[cell]] = fitTable([[`\u001b[33m${'a'.repeat(40)}\u001b[0m`]], 24) as [[string]];
    expect(cell.split('\n')).toEqual([`\u001b[33m${'a'.repeat(20)}\u001b[0m`, `\u001b[33m${'a'.repeat(20)}\u001b[0m`]);
  });

  it('does not break an id', () => {
    const id = '01a20de0-c549-705b-8bab-b5dbd76659b3';
    const [row] = fitTable([[id, 'why not '.repeat(12)]], 60);
    expect(row![0]).toBe(id);
    expect(row![1]!.split('\n').length).toBeGreaterThan(4);
  });

  it('stays readable on a terminal without room', () => {
    const rows = fitTable([['x'.repeat(50), 'y'.repeat(50), 'z'.repeat(50)]], 10);
    expect(rows[0]!.map((cell) => cell.split('\n')[0]!.length)).toEqual([8, 8, 8]);
  });
});
