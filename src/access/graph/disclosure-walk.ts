import type { DisclosureCollector, DisclosureEntry, DisclosureReport } from './disclosure.js';
import type { FieldOwners } from './field-owners.js';
import { ID_KEY, type SelectionPlan, TYPE_KEY } from './selection-plan.js';

type Json = Record<string, unknown>;

interface Owner {
  type: string;
  id: string;
}

interface Merged {
  entry: DisclosureEntry;
  ids: Set<string>;
  /** How many objects carry the entry, and the last of them: one object may say the same twice. */
  times: number;
  last: Json;
}

/** Subgraphs that did not answer, and who owns which field. */
export interface Absence {
  absent: ReadonlySet<string>;
  owners: FieldOwners;
}

const NOBODY_ABSENT: Absence = { absent: new Set(), owners: new Map() };

const isAbsent = ({ absent, owners }: Absence, type: string, field: string): boolean => {
  const of = owners.get(`${type}.${field}`);
  return of !== undefined && of.size > 0 && [...of].every((subgraph) => absent.has(subgraph));
};

export interface WalkResult {
  entries: DisclosureEntry[];
  /** `Type.field` of what was selected and withheld, sorted. */
  withheld: string[];
  /** `Type.field` of what was served otherwise than in full, sorted. */
  masked: string[];
}

/**
 * Walks a response along its selections: finds the response path of every report, merges equal ones and takes the
 * added ids and type names out again (the response is changed in place).
 */
export function walkDisclosure(
  data: Json | null | undefined,
  root: SelectionPlan,
  reports: DisclosureCollector,
  absence: Absence = NOBODY_ABSENT,
): WalkResult {
  const merged = new Map<string, Merged>();
  const visits = new Map<string, number>();
  const withheld = new Set<string>();
  const masked = new Set<string>();
  const counting = !reports.empty || absence.absent.size > 0;

  const note = (report: DisclosureReport, path: readonly string[], id: string, by: Json): void => {
    const at = path.join('.');
    const key = `${at}\u0000${report.state}\u0000${report.access}\u0000${report.rule}`;
    const known = merged.get(key);
    if (report.access !== 'SHOWN')
      (report.access === 'WITHHELD' ? withheld : masked).add(`${report.type}.${report.field}`);
    if (!known) {
      merged.set(key, { entry: entryOf(report, path), ids: new Set([id]), times: 1, last: by });
      return;
    }
    if (known.last !== by) known.times++;
    known.last = by;
    known.ids.add(id);
    known.entry.stale ||= report.stale ?? false;
    known.entry.asOf = older(known.entry.asOf, report.asOf ?? null);
  };

  const object = (value: Json, plan: SelectionPlan, path: string[], above: Owner | null, prefix: string): void => {
    const type = plan.typeOf(value);
    if (type === null) return;
    const id = value[ID_KEY];
    const owns = typeof id === 'string' || typeof id === 'number';
    const owner = owns ? { type, id: String(id) } : above;
    const from = owns ? '' : prefix;
    const known = owner && !reports.empty ? reports.of(owner.type, owner.id) : undefined;
    for (const field of plan.fieldsOf(type)) {
      if (field.responseName === ID_KEY || field.responseName === TYPE_KEY) continue;
      const below = value[field.responseName];
      if (below === undefined) continue;
      path.push(field.responseName);
      if (counting) {
        const at = path.join('.');
        visits.set(at, (visits.get(at) ?? 0) + 1);
      }
      for (const report of known?.get(from + field.name) ?? []) note(report, path, owner!.id, value);
      if (below === null && absence.absent.size && isAbsent(absence, type, field.name))
        note({ ...SUBGRAPH_ABSENT, type, id: '', field: field.name }, path, owner?.id ?? '', value);
      if (field.below) each(below, field.below, path, owner, `${from}${field.name}.`);
      path.pop();
    }
    delete value[ID_KEY];
    delete value[TYPE_KEY];
  };

  const each = (value: unknown, plan: SelectionPlan, path: string[], above: Owner | null, prefix: string): void => {
    if (Array.isArray(value)) for (const item of value) each(item, plan, path, above, prefix);
    else if (typeof value === 'object' && value !== null) object(value as Json, plan, path, above, prefix);
  };

  each(data, root, [], null, '');
  const entries = [...merged.values()].map(({ entry, ids, times }) => {
    const all = visits.get(entry.path.join('.')) ?? times;
    return times < all ? { ...entry, ids: [...ids].sort() } : entry;
  });
  return { entries, withheld: [...withheld].sort(), masked: [...masked].sort() };
}

const SUBGRAPH_ABSENT = {
  state: 'SOURCE_UNAVAILABLE',
  access: 'SHOWN',
  rule: 'subgraph-unreachable',
  level: null,
} as const;

const entryOf = (report: DisclosureReport, path: readonly string[]): DisclosureEntry => ({
  path: [...path],
  ...(report.access !== 'WITHHELD' && report.state !== undefined && { state: report.state }),
  access: report.access,
  rule: report.rule,
  level: report.level,
  asOf: report.asOf ?? null,
  stale: report.stale ?? false,
  unlock: report.unlock ?? null,
});

const older = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? (a ?? b) : a < b ? a : b;
