export type DisclosureState = 'VALUE' | 'EMPTY' | 'ABSENT' | 'MASKED_AT_SOURCE' | 'PLACEHOLDER' | 'SOURCE_UNAVAILABLE';
export type DisclosureAccess = 'SHOWN' | 'MASKED' | 'GENERALISED' | 'VERIFY_ONLY' | 'WITHHELD';

/** What a resolver knows about one field of one object. */
export interface DisclosureReport {
  type: string;
  /** The object's `id`; for an object without one, that of the nearest object above which has one. */
  id: string;
  /** Name of the field; below an object without `id`, the path from the one above (`registration.addressText`). */
  field: string;
  /** Left out for WITHHELD, where even emptiness would tell something. */
  state?: DisclosureState | undefined;
  access: DisclosureAccess;
  /** Stable id of the rule that decided (`level-granted`, `masked-now`, `source-down` …). */
  rule: string;
  level: number | null;
  /** When the value was last known to be so, ISO 8601 UTC. */
  asOf?: string | null | undefined;
  stale?: boolean | undefined;
  /** What would open the field: `purpose`, `case`, `grant`, `purpose=a,b`. */
  unlock?: string | null | undefined;
}

/** One entry of `extensions.disclosure`. */
export interface DisclosureEntry {
  /** Response path without list indices. */
  path: string[];
  state?: DisclosureState;
  access: DisclosureAccess;
  rule: string;
  level: number | null;
  asOf: string | null;
  stale: boolean;
  unlock: string | null;
  /** Which objects it is about, only where not all at this path agree. */
  ids?: string[];
}

/** A value that is shown, whole and fresh needs no word. */
const goesWithoutSaying = (report: DisclosureReport): boolean =>
  report.access === 'SHOWN' && report.state === 'VALUE' && !report.stale;

/** Collects reports of one operation by (type, id, field). */
export class DisclosureCollector {
  private readonly byObject = new Map<string, Map<string, DisclosureReport[]>>();

  report(given: DisclosureReport): void {
    if (goesWithoutSaying(given)) return;
    // What is withheld must not differ by its state anywhere: not in an entry, not in how entries are grouped.
    const report = given.access === 'WITHHELD' ? { ...given, state: undefined } : given;
    const object = `${report.type}\u0000${report.id}`;
    let fields = this.byObject.get(object);
    if (!fields) this.byObject.set(object, (fields = new Map<string, DisclosureReport[]>()));
    const known = fields.get(report.field);
    if (!known) fields.set(report.field, [report]);
    else if (!known.some((one) => sameWords(one, report))) known.push(report);
  }

  get empty(): boolean {
    return this.byObject.size === 0;
  }

  /** Reports about the fields of one object. */
  of(type: string, id: string): ReadonlyMap<string, readonly DisclosureReport[]> | undefined {
    return this.byObject.get(`${type}\u0000${id}`);
  }

  /** Everything reported, in the order of the objects; what a subgraph in another process sends home. */
  all(): DisclosureReport[] {
    return [...this.byObject.values()].flatMap((fields) => [...fields.values()].flat());
  }
}

const sameWords = (a: DisclosureReport, b: DisclosureReport): boolean =>
  a.state === b.state && a.access === b.access && a.rule === b.rule && a.asOf === b.asOf && a.stale === b.stale;
