import { describe, expect, it } from '@jest/globals';
import { ENTITIES, FIELD_LEVELS, FIELD_STEWARDS, type EntityName } from '../../../standard/index.js';
import { buildCatalogue } from './build-catalogue.js';
import type { Providing } from './catalogue.js';
import { searchCatalogue } from './search.js';
import { quickest, updateCycle } from './update-cycle.js';

const providing = (more: Partial<Providing> = {}): Providing => ({
  source: 'police',
  domain: 'police',
  entity: 'Person',
  fields: ['name', 'sex'],
  shareMode: 'FILE',
  format: 'CSV',
  pushed: false,
  everySeconds: 86_400,
  live: { state: 'OK', asOf: new Date('2026-11-01T00:00:00Z'), records: 5, recordsCapped: false },
  ...more,
});
const standard = buildCatalogue([]);
const codesOf = (text: string): string[] => searchCatalogue(standard, { text }).map(({ resource }) => resource.entity);

describe('the catalogue', () => {
  it('holds every field of the standard exactly once, with level and stewards', () => {
    const listed = standard.flatMap(({ items }) => items).map((item) => [`${item.entity}.${item.name}`, item] as const);
    const fields = Object.values(ENTITIES).flatMap(({ name, fields }) =>
      fields.map((field) => `${name}.${field.name}`),
    );
    expect(listed.map(([name]) => name).sort()).toEqual(fields.sort());
    for (const [, { entity, name, level, stewards }] of listed) {
      expect(level).toBe(FIELD_LEVELS[entity][name]);
      expect(stewards).toEqual(FIELD_STEWARDS[entity][name]);
      expect(stewards.length).toBeGreaterThan(0);
    }
  });

  it('gives every resource all core metadata, and codes in order', () => {
    const codes = standard.map(({ code }) => code);
    expect(new Set(codes).size).toBe(Object.keys(ENTITIES).length);
    expect([...codes].sort()).toEqual(codes);
    for (const one of standard) {
      expect(one.class).toBe({ 1: 'BASE', 2: 'THEME', 3: 'DEPARTMENT' }[one.code[0]!]);
      expect(one.abstract).toMatch(/\p{Script=Han}/u);
      expect(one.level).toBe(Math.max(...one.items.map(({ level }) => level)));
      expect(one.shareCondition.zh).toMatch(/\p{Script=Han}/u);
      expect(one.updateCycle).toBe('NEVER');
      for (const code of one.related) expect(codes).toContain(code);
      expect(one.related).not.toContain(one.code);
    }
    expect(standard.filter(({ open }) => open).map(({ entity }) => entity)).toEqual(['Organization']);
    expect(buildCatalogue(null)[0]!.updateCycle).toBeNull();
  });

  it('lists what a source provides after its entity, with the fields that it fills', () => {
    const [person, source] = buildCatalogue([providing()]);
    expect(person).toMatchObject({ code: '101001/000001', updateCycle: 'DAILY', live: null });
    expect(person!.related).toContain('101001/000001@police');
    expect(source).toMatchObject({
      code: '101001/000001@police',
      shareMode: 'FILE',
      format: 'CSV',
      provider: 'police',
    });
    expect(source!.items.map(({ name }) => name)).toEqual(['name', 'sex']);
    expect(source).toMatchObject({ level: 3, related: ['101001/000001'], live: { records: 5 } });
  });

  it.each([
    [null, false, 'IRREGULAR'],
    [86_400, true, 'REAL_TIME'],
    [60, false, 'REAL_TIME'],
    [3_600, false, 'DAILY'],
    [86_401, false, 'WEEKLY'],
    [30 * 86_400, false, 'MONTHLY'],
    [90 * 86_400, false, 'QUARTERLY'],
    [180 * 86_400, false, 'HALF_YEARLY'],
    [365 * 86_400, false, 'YEARLY'],
    [800 * 86_400, false, 'IRREGULAR'],
  ])('%p seconds (pushed: %p) is %s', (every, pushed, cycle) => expect(updateCycle(every, pushed)).toBe(cycle));

  it('says the quickest of several cycles', () => {
    expect(quickest(['IRREGULAR', 'MONTHLY', 'DAILY'])).toBe('DAILY');
    expect(quickest(['IRREGULAR'])).toBe('IRREGULAR');
    expect(quickest([])).toBe('NEVER');
  });
});

describe('searching it', () => {
  it.each<[string, EntityName[]]>([
    ['低保', ['SocialAssistance']],
    ['婚姻登记', ['MarriageRecord']],
    ['ＭＯＢＩＬＥ', ['Person', 'TelecomSubscription']],
    ['婚姻 证件号码', ['MarriageRecord']],
    ['户籍登记变动', ['HouseholdRegistration']],
    ['宗教信仰', []],
  ])('%s', (text, entities) => expect(codesOf(text)).toEqual(expect.arrayContaining(entities)));

  it('finds nothing for what is not there, everything for nothing, and survives an essay', () => {
    expect(codesOf('宗教信仰')).toEqual([]);
    expect(codesOf(' ')).toHaveLength(standard.length);
    expect(codesOf('%_\\(['.repeat(5_000))).toEqual([]);
  });

  it('names the items that met every condition', () => {
    const found = searchCatalogue(standard, { level: 4, steward: 'police', class: 'BASE' });
    for (const { matches } of found)
      for (const item of matches) {
        expect(item.level).toBe(4);
        expect(item.stewards).toContain('police');
      }
    expect(found.map(({ resource }) => resource.entity)).toEqual(['Person', 'PersonIdentifier']);
    const phones = searchCatalogue(standard, { text: '联系电话' }).find(
      ({ resource }) => resource.entity === 'Person',
    )!;
    expect(phones.matches.map(({ name }) => name)).toEqual(['mobile']);
    const free = searchCatalogue(standard, { shareType: 'unconditional' }).flatMap(({ matches }) => matches);
    expect(free.length).toBeGreaterThan(0);
    expect(new Set(free.map(({ shareType }) => shareType))).toEqual(new Set(['unconditional']));
  });
});
