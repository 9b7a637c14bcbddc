import {
  ENTITIES,
  ENTITY_NAMES,
  findCodeList,
  type EntityName,
  type FieldSpec,
  type Level,
  type Steward,
} from '../../../standard/index.js';
import type { DataItem, DataResource, Providing, ResourceClass } from './catalogue.js';
import { openTermsOf, shareConditionOf, shareTypeOf } from './share-terms.js';
import { quickest, updateCycle } from './update-cycle.js';

const CLASSES: Readonly<Record<string, ResourceClass>> = { '1': 'BASE', '2': 'THEME', '3': 'DEPARTMENT' };

/**
 * The catalogue of government information resources (政务信息资源目录), ordered by code: one resource for each entity of
 * the standard, each followed by what its sources provide of it. Everything is derived from the standard and the given facts; null when nobody looked at the sources.
 */
export function buildCatalogue(providing: readonly Providing[] | null): DataResource[] {
  return ENTITY_NAMES.flatMap((entity) => {
    const given = (providing ?? []).filter((one) => one.entity === entity);
    const provided = given.map((one) => ofSource(one));
    const codes = provided.map(({ code }) => code);
    const cycle = providing && quickest(given.map(({ everySeconds, pushed }) => updateCycle(everySeconds, pushed)));
    return [{ ...ofStandard(entity), updateCycle: cycle, related: [...codes, ...relatedTo(entity)] }, ...provided];
  }).sort((a, b) => (a.code < b.code ? -1 : 1));
}

function ofStandard(entity: EntityName): DataResource {
  const fields = ENTITIES[entity].fields;
  const stewards = stewardsOf(fields);
  return {
    ...described(entity, fields),
    code: ENTITIES[entity].catalogue.code,
    source: null,
    provider: stewards[0]!,
    format: 'JSON (GraphQL)',
    updateCycle: null,
    shareMode: 'API',
    related: [],
    live: null,
  };
}

function ofSource({ source, domain, entity, fields, format, shareMode, live, ...more }: Providing): DataResource {
  const { catalogue, fields: all } = ENTITIES[entity];
  return {
    ...described(
      entity,
      all.filter(({ name }) => fields.includes(name)),
    ),
    code: `${catalogue.code}@${source}`,
    source,
    provider: domain,
    format,
    updateCycle: updateCycle(more.everySeconds, more.pushed),
    shareMode,
    related: [catalogue.code],
    live,
  };
}

/** What follows from the standard alone. */
function described(entity: EntityName, fields: readonly FieldSpec[]) {
  const { title, description, catalogue } = ENTITIES[entity];
  const shareType = shareTypeOf(fields);
  const level = Math.max(1, ...fields.map((field) => field.level)) as Level;
  return {
    entity,
    title,
    description,
    class: CLASSES[catalogue.code[0]!]!,
    category: catalogue.category,
    abstract: catalogue.abstract,
    published: catalogue.published,
    stewards: stewardsOf(fields),
    level,
    shareType,
    shareCondition: shareConditionOf(shareType, level),
    ...openTermsOf(shareType, level),
    items: fields.map((field) => itemOf(entity, field)),
  };
}

const itemOf = (entity: EntityName, field: FieldSpec): DataItem => ({
  entity,
  name: field.name,
  title: field.title,
  description: field.description,
  type: field.type,
  codeList: field.codeList ?? null,
  codeListTitle: (field.codeList && findCodeList(field.codeList)?.spec.title) || null,
  unit: field.unit ?? null,
  maxLength: field.maxLength ?? null,
  level: field.level,
  mask: field.mask ?? null,
  shareType: field.share,
  stewards: field.steward,
  internal: field.internal ?? false,
});

/** The stewards of some fields; who is the first authority for most of them comes first. */
function stewardsOf(fields: readonly FieldSpec[]): Steward[] {
  const leads = (steward: Steward): number => fields.filter((field) => field.steward[0] === steward).length;
  return [...new Set(fields.flatMap(({ steward }) => steward))].sort((a, b) => leads(b) - leads(a));
}

/** Resources of the same directory, and those that a key of the one joins to the other. */
function relatedTo(entity: EntityName): string[] {
  const keys = (name: EntityName): string[] =>
    ENTITIES[name].fields.map((field) => field.name).filter((field) => /(Key|householdNo)$/.test(field));
  const names = (from: EntityName, to: EntityName): boolean =>
    keys(from).includes(`${to[0]!.toLowerCase()}${to.slice(1)}Key`);
  const directory = (name: EntityName): string => ENTITIES[name].catalogue.code.split('/')[0]!;
  return ENTITY_NAMES.filter(
    (other) =>
      other !== entity &&
      (directory(other) === directory(entity) ||
        names(entity, other) ||
        names(other, entity) ||
        keys(entity).some((key) => keys(other).includes(key))),
  )
    .map((other) => ENTITIES[other].catalogue.code)
    .sort();
}
