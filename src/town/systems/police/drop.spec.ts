import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RARE_CHARACTERS } from '../../generator/name-lists.js';
import { HOUSEHOLD_COLUMNS, RESIDENT_COLUMNS } from '../../generator/police-view.js';
import { Town } from '../../generator/town.js';
import { Changes } from '../../days/index.js';
import { Deliveries, HOUSEHOLDS_FILE, RESIDENTS_FILE } from './deliveries.js';
import { csvCell } from './drop.js';

/** Cells of a line of RFC 4180; the town's cells hold no line ends. */
const cells = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? '');

describe('the police drop folder', () => {
  const drop = mkdtempSync(join(tmpdir(), 'isthmus-drop-'));
  const town = new Town({ seed: 1, people: 1500 });
  const text = (name: string): string =>
    new TextDecoder('gb18030', { fatal: true }).decode(readFileSync(join(drop, name)));
  beforeAll(() => new Deliveries(drop).deliver(new Changes(town)));
  afterAll(() => rmSync(drop, { recursive: true, force: true }));

  it('holds two files with their markers, and nothing half written', () => {
    const files = [RESIDENTS_FILE, HOUSEHOLDS_FILE].flatMap((name) => [name, `${name}.ok`]);
    expect(readdirSync(drop).sort()).toEqual(files.sort());
    expect(RESIDENTS_FILE).toBe('CZRKJBXXB_20261101.csv');
  });

  it.each([
    [RESIDENTS_FILE, RESIDENT_COLUMNS],
    [HOUSEHOLDS_FILE, HOUSEHOLD_COLUMNS],
  ])('%s is strict GB18030 with CRLF, a header and as many rows as its marker says', (name, columns) => {
    const content = text(name);
    expect(content.endsWith('\r\n')).toBe(true);
    const lines = content.slice(0, -2).split('\r\n');
    expect(content.replaceAll('\r\n', '')).not.toMatch(/[\r\n\ufeff\ufffd]/);
    expect(lines[0]).toBe(columns.join(','));
    expect(readFileSync(join(drop, `${name}.ok`), 'latin1')).toBe(`rows=${lines.length - 1}\n`);
    expect(lines.filter((line) => cells(line).length !== columns.length)).toEqual([]);
  });

  it('keeps rare characters and quotes cells with a comma', () => {
    expect(RARE_CHARACTERS.some((character) => text(RESIDENTS_FILE).includes(character))).toBe(true);
    expect(text(RESIDENTS_FILE)).toMatch(/,"\d+号,附1号",/);
    expect(csvCell('a"b,c')).toBe('"a""b,c"');
    expect(csvCell('户')).toBe('户');
  });

  it('delivers again what is missing, the same bytes, and renews an old delivery', async () => {
    const before = readFileSync(join(drop, RESIDENTS_FILE));
    rmSync(join(drop, `${RESIDENTS_FILE}.ok`));
    writeFileSync(join(drop, RESIDENTS_FILE), 'half');
    const yesterday = new Date(Date.now() - 86_400_000);
    utimesSync(join(drop, `${HOUSEHOLDS_FILE}.ok`), yesterday, yesterday);
    await new Deliveries(drop).deliver(new Changes(town));
    expect(readFileSync(join(drop, RESIDENTS_FILE)).equals(before)).toBe(true);
    expect(statSync(join(drop, `${HOUSEHOLDS_FILE}.ok`)).mtimeMs).toBeGreaterThan(yesterday.getTime());
  });
});
