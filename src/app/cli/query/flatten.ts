import { ENTITIES, findCodeList, type EntityName, type FieldSpec } from '../../../standard/index.js';
import type { Answer, Disclosure } from './answer.js';

/** One line of the table: a value, where it is from, and what is known about its being shown. */
export interface Line {
  kind: 'value';
  /** Response path without list indices. */
  path: string[];
  label: { zh: string; en: string };
  value: unknown;
  /** Name of a coded value. */
  codeName: string | null;
  source: string | null;
  asOf: string | null;
  disclosure: Disclosure[];
}

/** Begins the lines of one object. */
export interface Heading {
  kind: 'heading';
  depth: number;
  label: { zh: string; en: string };
  /** 1, 2 … in a list. */
  position: number | null;
}

export type Row = Line | Heading;

interface Provenance {
  field: string;
  source: string | null;
  asOf: string | null;
}

/** Which entity stands at a field of the graph; the titles of its fields become labels. */
const ENTITY_AT: Readonly<Record<string, EntityName>> = {
  resident: 'Person',
  residentByIdNumber: 'Person',
  residents: 'Person',
  registration: 'HouseholdRegistration',
  household: 'Household',
  members: 'HouseholdMember',
  occupancies: 'PropertyOccupancy',
  dwelling: 'Dwelling',
  dwellings: 'Dwelling',
  subscriptions: 'TelecomSubscription',
  marriages: 'MarriageRecord',
  assistance: 'SocialAssistance',
};
const NAMES: Readonly<Record<string, { zh: string; en: string }>> = {
  resident: { zh: '居民', en: 'resident' },
  residentByIdNumber: { zh: '居民', en: 'resident' },
  members: { zh: '户成员', en: 'members' },
  conflicts: { zh: '来源不一致', en: 'conflicts' },
  id: { zh: '编号', en: 'id' },
};
/** Objects that only wrap others: their name says nothing. */
const WRAPPERS = new Set(['nodes', 'edges', 'node', 'data']);

/** Shown in other columns, or only there to tell records apart. */
const SILENT = new Set(['provenance', 'pageInfo', 'ref']);

/** An answer as rows of a table, in the order of the answer. Pure. */
export function flatten(answer: Answer): Row[] {
  const disclosure = new Map<string, Disclosure[]>();
  for (const one of answer.extensions?.disclosure ?? []) {
    const key = one.path.join('.');
    disclosure.set(key, [...(disclosure.get(key) ?? []), one]);
  }
  const rows: Row[] = [];
  for (const [name, value] of Object.entries(answer.data ?? {})) walk(value, [name], null, null, 0);
  return rows;

  function walk(value: unknown, path: string[], entity: EntityName | null, id: string | null, depth: number): void {
    const name = path.at(-1)!;
    const own = ENTITY_AT[name] ?? (WRAPPERS.has(name) ? entity : null);
    if (Array.isArray(value)) {
      if (value.length === 0) return void leaf(value, path, entity, id, []);
      value.forEach((item, at) => {
        if (isObject(item)) object(item, path, own, id, depth, at + 1);
        else leaf(item, path, entity, id, []);
      });
    } else if (isObject(value)) object(value, path, own, id, depth, null);
    else leaf(value, path, entity, id, []);
  }

  function object(
    value: Record<string, unknown>,
    path: string[],
    entity: EntityName | null,
    outer: string | null,
    depth: number,
    position: number | null,
  ): void {
    const name = path.at(-1)!;
    const inner = depth + (WRAPPERS.has(name) && position === null ? 0 : 1);
    if (inner > depth) rows.push({ kind: 'heading', depth, label: headingOf(path, entity), position });
    const own = value['id'] ?? value['ref'];
    const id = typeof own === 'string' ? own : outer;
    const provenance = (value['provenance'] ?? []) as Provenance[];
    const nested: [string, unknown][] = [];
    for (const [field, content] of Object.entries(value)) {
      if (SILENT.has(field)) continue;
      if (isObject(content) || (Array.isArray(content) && content.some(isObject))) nested.push([field, content]);
      else leaf(content, [...path, field], entity, id, provenance);
    }
    for (const [field, content] of nested) walk(content, [...path, field], entity, id, inner);
  }

  function leaf(
    value: unknown,
    path: string[],
    entity: EntityName | null,
    id: string | null,
    provenance: readonly Provenance[],
  ): void {
    const field = path.at(-1)!;
    const spec = specOf(entity, field);
    const from = provenance.find((one) => one.field === field);
    const said = (disclosure.get(path.join('.')) ?? []).filter(({ ids }) => !ids || id === null || ids.includes(id));
    rows.push({
      kind: 'value',
      path,
      label: spec ? { zh: spec.title, en: field } : (NAMES[field] ?? titleOf(field)),
      value,
      codeName:
        spec?.codeList && typeof value === 'string' ? (findCodeList(spec.codeList)?.nameOf(value) ?? null) : null,
      source: from?.source ?? null,
      asOf: from?.asOf ?? said.find((one) => one.asOf)?.asOf ?? null,
      disclosure: said,
    });
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const specOf = (entity: EntityName | null, field: string): FieldSpec | undefined =>
  entity === null ? undefined : ENTITIES[entity].fields.find((one) => one.name === field);

function headingOf(path: string[], entity: EntityName | null): { zh: string; en: string } {
  const name = path.findLast((one) => !WRAPPERS.has(one)) ?? path.at(-1)!;
  return NAMES[name] ?? (entity === 'Person' ? NAMES['resident']! : titleOf(name));
}

/** Where the name of a field is itself an entity's place, the entity's title; else the bare name. */
function titleOf(name: string): { zh: string; en: string } {
  const entity = ENTITY_AT[name];
  return { zh: entity ? ENTITIES[entity].title : name, en: name };
}
