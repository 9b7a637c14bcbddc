import { when } from './format.js';

/**
 * Turns an answer of the graph into blocks for the page. Pure: no document, no session.
 *
 * Blocks: `record` (one object: lines of label, value, source, lock), `list` (objects without provenance, as one wide
 * table), `nothing` (a part that is null or empty, with the reason where one is given).
 */

/** Which entity of the standard stands at a field of the graph. */
const ENTITY_AT = {
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
const TITLES = {
  resident: '居民',
  residentByIdNumber: '居民',
  residents: '居民',
  members: '户成员',
  sources: '数据源',
  syncRuns: '同步记录',
  syncRun: '同步记录',
  auditRows: '证据',
  quarantine: '隔离区',
  reviewItems: '待复核关联',
  id: '编号',
  totalCount: '总数',
};
const WRAPPERS = new Set(['nodes', 'edges', 'node']);
/** A member of a household is read as one thing with the person he is. */
const MEMBER = { entity: 'HouseholdMember', field: 'resident' };
const UNSEEN = new Set(['provenance', 'conflicts', 'pageInfo', '__typename', 'totalCountCapped', 'cursor']);

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns {Array<object>} blocks in the order of the answer. */
export function blocksOf(answer, facts) {
  const said = new Map();
  for (const entry of answer.extensions?.disclosure ?? []) {
    const key = entry.path.join('.');
    said.set(key, [...(said.get(key) ?? []), entry]);
  }
  const locksAt = (path, id) =>
    (said.get(path.join('.')) ?? []).filter(({ ids }) => !ids || id === null || ids.includes(id));
  const blocks = [];
  for (const [name, value] of Object.entries(answer.data ?? {})) walk(value, [name], null, null, []);
  return blocks;

  /** `trail` holds the headings above, with a position in a list: `房屋关系 2`. */
  function walk(value, path, outerEntity, id, trail) {
    const name = path.at(-1);
    const wrapper = WRAPPERS.has(name);
    const entity = wrapper ? outerEntity : (ENTITY_AT[name] ?? null);
    const title = wrapper ? null : titleOf(name, entity);
    const here = title === null ? trail : [...trail, title];
    if (Array.isArray(value)) {
      if (value.length === 0) return nothing(value, path, id, here, entity);
      if (entity === null && value.every(isObject)) return list(value, here);
      return value.forEach((item, at) => {
        const numbered = value.length > 1 ? [...here.slice(0, -1), `${here.at(-1) ?? ''} ${at + 1}`] : here;
        if (isObject(item)) record(item, path, entity, id, numbered);
      });
    }
    if (isObject(value)) return record(value, path, entity, id, here);
    return nothing(value, path, id, here, entity);
  }

  function nothing(value, path, id, trail, entity) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return blocks.push({
        kind: 'record',
        title: trail.join(' · '),
        entity,
        id,
        lines: [line(value, path, null, id, [])],
        absent: [],
      });
    return blocks.push({ kind: 'nothing', title: trail.join(' · '), entity, locks: locksAt(path, id), value });
  }

  function record(value, path, entity, outerId, trail) {
    const id = typeof value.id === 'string' ? value.id : outerId;
    const provenance = Array.isArray(value.provenance) ? value.provenance : [];
    const conflicts = Array.isArray(value.conflicts) ? value.conflicts : [];
    const lines = [];
    const below = [];
    for (const [field, content] of Object.entries(value)) {
      if (UNSEEN.has(field)) continue;
      if (entity === MEMBER.entity && field === MEMBER.field && isObject(content)) {
        lines.unshift(...linesOf(content, [...path, field]));
        continue;
      }
      const nested = isObject(content) || (Array.isArray(content) && content.some(isObject));
      const part = ENTITY_AT[field] !== undefined && (content === null || Array.isArray(content));
      if (nested || part || WRAPPERS.has(field)) below.push([field, content]);
      else if (field !== 'id' || entity === null) lines.push(line(content, [...path, field], entity, id, provenance));
    }
    for (const one of lines) one.conflict = conflicts.find(({ field }) => field === one.field) ?? null;
    const absent = lines.filter(isAbsent);
    const kept = lines.filter((one) => !isAbsent(one));
    if (kept.length || absent.length)
      blocks.push({
        kind: 'record',
        title: trail.join(' · '),
        entity,
        id,
        lines: kept,
        absent: absent.map(({ label }) => label),
        locks: locksAt(path, id),
      });
    // Below the one object asked for its own name need not be said again; one of several needs its number.
    const alone = trail.length === 1 && entity !== null && !/ \d+$/.test(trail[0]);
    for (const [field, content] of below) walk(content, [...path, field], entity, id, alone ? [] : trail);
  }

  /** The plain fields of a person who stands below another object. */
  function linesOf(person, path) {
    return Object.entries(person)
      .filter(([field, content]) => field !== 'id' && !UNSEEN.has(field) && !isObject(content))
      .map(([field, content]) => line(content, [...path, field], 'Person', person.id ?? null, person.provenance ?? []));
  }

  function line(value, path, entity, id, provenance) {
    const field = path.at(-1);
    const spec = facts.entities[entity]?.fields.find(({ name }) => name === field);
    const from = provenance.find((one) => one.field === field);
    const locks = locksAt(path, id);
    return {
      field,
      label: spec?.title ?? TITLES[field] ?? field,
      level: spec?.level ?? null,
      value,
      spec,
      source: from?.source ?? null,
      observedAt: from?.observedAt ?? null,
      adapterVersion: from?.adapterVersion ?? null,
      asOf: from?.asOf ?? locks.find(({ asOf }) => asOf)?.asOf ?? null,
      locks,
      conflict: null,
    };
  }

  function list(rows, trail) {
    const flat = rows.map((row) => flatten(row));
    const columns = [...new Set(flat.flatMap((row) => Object.keys(row)))];
    blocks.push({ kind: 'list', title: trail.join(' · '), columns, rows: flat });
  }

  function titleOf(name, entity) {
    return TITLES[name] ?? (entity ? facts.entities[entity].title : name);
  }
}

/** `{counts: {read: 1}}` → `{'counts.read': 1}`; lists become their members or their number. */
function flatten(row, prefix = '') {
  const flat = {};
  for (const [name, value] of Object.entries(row)) {
    if (UNSEEN.has(name)) continue;
    if (isObject(value)) Object.assign(flat, flatten(value, `${prefix}${name}.`));
    else if (Array.isArray(value))
      flat[prefix + name] = value.map((one) => (isObject(one) ? Object.values(one).join(' ') : one)).join('、');
    else flat[prefix + name] = value;
  }
  return flat;
}

/** A field that no source gives is named, but takes no line of its own. */
const isAbsent = ({ value, locks }) =>
  value === null && locks.length > 0 && locks.every(({ state, access }) => state === 'ABSENT' && access === 'SHOWN');

/** A moment as sources write it: shown in local time, to the minute. */
const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/;

/** A coded value by its name, booleans in words. */
export function textOf(value, spec, facts) {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.length ? value.join('、') : '—';
  const name = spec?.codes ? facts.codes[spec.codes]?.[value] : undefined;
  if (name) return name;
  return typeof value === 'string' && MOMENT.test(value) ? when(value) : String(value);
}

/** Every lock of an answer that says that a value may be old or could not be had. */
export const staleEntries = (answer) =>
  (answer.extensions?.disclosure ?? []).filter(({ stale, state }) => stale || state === 'SOURCE_UNAVAILABLE');
