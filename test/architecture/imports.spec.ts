import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IMPURE_PACKAGES, PURE_ROOMS, roomOf, TOWN_MAY_IMPORT } from './house.js';

const SRC = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'src');
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;

interface Arrow {
  from: string;
  to: string;
}

function* sources(directory: string): Generator<string> {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      if (!path.endsWith(join('console', 'web')) && entry.name !== 'launch') yield* sources(path);
    } else if (entry.name.endsWith('.ts')) yield path;
  }
}

const isTest = (file: string): boolean => /\.(spec|int-spec|e2e-spec)\.ts$|(^|\/)(fixtures|testing)\//.test(file);
const files = [...sources(SRC)].map((path) => relative(SRC, path));
const arrows: Arrow[] = files.flatMap((from) =>
  [...readFileSync(join(SRC, from), 'utf8').matchAll(IMPORT)].map((match) => {
    const target = (match[1] ?? match[2] ?? match[3])!;
    return {
      from,
      to: target.startsWith('.') ? normalize(join(dirname(from), target)).replace(/\.js$/, '.ts') : target,
    };
  }),
);
const inside = (arrow: Arrow): boolean =>
  !arrow.to.startsWith('..') && roomOf(arrow.to) !== null && /\.ts$/.test(arrow.to);
const product = arrows.filter((arrow) => !isTest(arrow.from));
const say = (list: Arrow[]): string[] => list.map(({ from, to }) => `${from} → ${to}`);

describe('the house', () => {
  it('has a place for every file', () => {
    expect(files.filter((file) => roomOf(file) === null)).toEqual([]);
  });

  it('lets a room import only itself, earlier rooms of its floor and lower floors', () => {
    const wrong = product.filter(inside).filter(({ from, to }) => {
      const [a, b] = [roomOf(from)!, roomOf(to)!];
      if (a.name === b.name) return false;
      return b.floor > a.floor || (b.floor === a.floor && b.rank > a.rank);
    });
    expect(say(wrong)).toEqual([]);
  });

  it('enters another room through its door', () => {
    const wrong = product
      .filter(inside)
      .filter(({ from, to }) => roomOf(from)!.name !== roomOf(to)!.name && to !== `${roomOf(to)!.name}/index.ts`);
    expect(say(wrong)).toEqual([]);
  });

  it('keeps the town apart: it imports two rooms, and nobody imports it', () => {
    const out = product
      .filter(inside)
      .filter(({ from, to }) => roomOf(from)!.name === 'town' && roomOf(to)!.name !== 'town');
    expect(say(out.filter(({ to }) => !TOWN_MAY_IMPORT.includes(roomOf(to)!.name)))).toEqual([]);
    const into = product
      .filter(inside)
      .filter(({ from, to }) => ['town', 'app'].includes(roomOf(to)!.name) && roomOf(from)!.name !== roomOf(to)!.name);
    expect(say(into)).toEqual([]);
  });

  it('keeps pure rooms free of database, queue and framework', () => {
    const wrong = product.filter(
      ({ from, to }) =>
        PURE_ROOMS.includes(roomOf(from)!.name) &&
        (IMPURE_PACKAGES.test(to) || to.startsWith('platform/database') || to.startsWith('platform/queue')),
    );
    expect(say(wrong)).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const wrong = files.filter(
      (file) =>
        !file.startsWith('platform/config/') &&
        !isTest(file) &&
        /process\.env\b/.test(readFileSync(join(SRC, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  it('has no import cycles between files', () => {
    const next = new Map<string, string[]>();
    for (const { from, to } of product.filter(inside)) next.set(from, [...(next.get(from) ?? []), to]);
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, trail: string[]): void => {
      const at = trail.indexOf(file);
      if (at >= 0) return void cycles.push([...trail.slice(at), file].join(' → '));
      if (done.has(file)) return;
      for (const to of next.get(file) ?? []) visit(to, [...trail, file]);
      done.add(file);
    };
    for (const file of next.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('keeps files under 300 lines', () => {
    const long = files.filter(
      (file) => !file.includes('generated/') && readFileSync(join(SRC, file), 'utf8').split('\n').length > 301,
    );
    expect(long).toEqual([]);
  });
});
