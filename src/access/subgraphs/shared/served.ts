import type { FieldState, FieldStates } from '../../../standard/index.js';
import { decodeStates, type EntityName } from '../../../standard/index.js';
import type { Stored } from './disclosed.js';
import type { Operation } from './operation.js';
import { runFacts } from './runs.js';
import { isStale, isUnavailable, type Origin, type SourceDirectory } from './source-states.js';

/** Where a served value comes from. */
export interface Source {
  origin: Origin;
  run: number;
}

/** Something of the graph whose fields are the fields of one entity of the standard. */
export interface Served {
  /** GraphQL type. */
  readonly __typename: string;
  readonly id: string;
  readonly entity: EntityName;
  /** Where a field's value comes from; null when no source gave it. */
  sourceOf(field: string): Source | null;
  stored(operation: Operation, field: string): Promise<Stored> | Stored;
}

/** A row as read under a field plan: withheld columns are not in `values`. */
export interface ReadRow {
  states: string | null;
  values: Readonly<Record<string, unknown>>;
}

/** What one source says: a row of a typed table. */
export class ServedRecord implements Served {
  private readonly states: FieldStates;

  constructor(
    readonly __typename: string,
    readonly id: string,
    readonly entity: EntityName,
    private readonly row: ReadRow & { run: number; late: boolean },
    private readonly origin: Origin,
    /** Other rows it belongs to, by name. */
    readonly links: Readonly<Record<string, string | null>>,
  ) {
    this.states = decodeStates(row.states);
  }

  sourceOf(): Source {
    return { origin: this.origin, run: this.row.run };
  }

  stored(operation: Operation, field: string): Promise<Stored> | Stored {
    return facts(operation, this.row.values[field], this.states[field] ?? null, this.sourceOf(), this.row.late);
  }
}

/** A golden row: each field has a source of its own. */
export class ServedGolden implements Served {
  private readonly states: FieldStates;
  private readonly provenance: ReadonlyMap<string, Pointer>;

  constructor(
    readonly __typename: string,
    readonly id: string,
    readonly entity: EntityName,
    private readonly row: GoldenRow,
    private readonly directory: SourceDirectory,
  ) {
    this.states = decodeStates(row.states);
    this.provenance = row.pointers;
  }

  sourceOf(field: string): Source | null {
    const pointer = this.provenance.get(field);
    return pointer ? { origin: this.directory.stream(pointer.stream), run: pointer.run } : null;
  }

  stored(operation: Operation, field: string): Promise<Stored> | Stored {
    return this.storedAs(operation, field, this.row.values[field] ?? null);
  }

  private isLate(field: string): boolean {
    const pointer = this.provenance.get(field);
    return pointer !== undefined && this.row.late.has(placeOf(pointer));
  }

  protected storedAs(operation: Operation, field: string, value: unknown): Promise<Stored> | Stored {
    const source = this.sourceOf(field);
    if (source) return facts(operation, value, this.states[field] ?? null, source, this.isLate(field));
    const unavailable = this.directory.providing(this.entity).some(isUnavailable);
    return { value, exception: this.states[field] ?? null, stale: false, unavailable, asOf: null };
  }
}

/** A golden row as read under a field plan. */
export interface GoldenRow extends ReadRow {
  pointers: ReadonlyMap<string, Pointer>;
  /** Places of typed rows that are kept though the source no longer shows them as they are. */
  late: ReadonlySet<string>;
}

/** A pointer as text, equal for equal places. */
export const placeOf = ({ stream, key, part }: Omit<Pointer, 'run'>): string => JSON.stringify([stream, key, part]);

/** The typed row a golden field was chosen from. */
export interface Pointer {
  stream: number;
  key: string;
  part: string;
  run: number;
}

/** Reads a golden row's provenance (field → `[stream, key, part, run]`). */
export function pointers(provenance: unknown): Map<string, Pointer> {
  const found = new Map<string, Pointer>();
  for (const [field, value] of Object.entries((provenance ?? {}) as Record<string, unknown>)) {
    const [stream, key, part, run] = Array.isArray(value)
      ? (value as unknown[])
      : ['stream', 'key', 'part', 'run'].map((name) => (value as Record<string, unknown>)[name]);
    found.set(field, { stream: Number(stream), key: String(key), part: String(part ?? ''), run: Number(run) });
  }
  return found;
}

/** Adds to a value what its source and its exception say; only a kept value needs to look up its own run. */
function facts(
  operation: Operation,
  value: unknown,
  exception: FieldState | null,
  { origin }: Source,
  late: boolean,
): Promise<Stored> | Stored {
  const stored = (asOf: Date | null): Stored => ({
    value: value ?? null,
    exception,
    stale: late || isStale(origin),
    unavailable: isUnavailable(origin),
    asOf,
  });
  if (exception?.kind !== 'KEPT') return stored(origin.asOf);
  return runFacts(operation, exception.run).then((run) => stored(run?.startedAt ?? null));
}
