import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CITY, cityPlan, withPlan, type BenchReport } from './city-plan.js';

const figures: Record<string, number> = {
  'first sync': 40_000,
  'unchanged re-sync': 200_000,
  '5 % changed + 1 % deleted': 100_000,
  'first sync: Node CPU': 28,
  'link + unify': 5_000,
  'resident, 1 connection: p50': 8,
  'resident, 16 connections': 200,
  'resident, 16 connections: p99': 120,
  'source records a person': 6,
  'person records a person': 2,
  'database a person': 4,
};
const report: BenchReport = {
  machine: '2 × a processor, 24 GiB, Node 20.20.2',
  commit: 'abc1234',
  results: Object.entries(figures).map(([name, value]) => ({ name, value, unit: '' })),
};
const cells = (text: string): string[][] =>
  text.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe('the plan for a city', () => {
  it('calculates what a person can check by hand', () => {
    const rows = new Map(cells(cityPlan(report)).map((row) => [row[0], row.at(-1)]));
    expect(CITY.people).toBe(10_000_000);
    expect(rows.get('source records')).toBe('60 000 000');
    expect(rows.get('database')).toBe('38.1 GiB');
    // 60 000 000 ÷ 40 000 = 1 500 s, 20 000 000 ÷ 5 000 = 4 000 s.
    expect(rows.get('first sync, one machine')).toBe('0.42 h');
    expect(rows.get('link + unify, one machine')).toBe('1.11 h');
    expect(rows.get('machines for a first load in 24 h')).toBe('1');
    // 5 µs unchanged, 10 µs at 6 %: 1 % of changes costs 5.83 µs; 350 s.
    expect(rows.get('every record read again each night, one machine')).toBe('0.097 h');
    expect(rows.get('questions in the busiest hour')).toBe('83.3/s');
    expect(rows.get('machines to answer')).toBe('1');
    expect(rows.get('cores that stay')).toBe('4');
  });

  it('needs more machines where they are slower', () => {
    const slower = { ...report, results: report.results.map((one) => ({ ...one, value: one.value / 10 })) };
    const rows = new Map(cells(cityPlan(slower)).map((row) => [row[0], row.at(-1)]));
    expect(Number(rows.get('machines to answer'))).toBe(9);
  });

  it('is refused without its figures or its place', () => {
    expect(() => cityPlan({ ...report, results: [] })).toThrow('first sync');
    expect(() => withPlan('nothing here', report)).toThrow('plan:begin');
  });

  it('stands in the page as the committed report gives it', () => {
    const deploy = join(process.cwd(), 'deploy');
    const page = readFileSync(join(deploy, 'README.md'), 'utf8');
    const committed = JSON.parse(readFileSync(join(deploy, 'bench.json'), 'utf8')) as BenchReport;
    expect(withPlan(page, committed)).toBe(page);
  });
});
