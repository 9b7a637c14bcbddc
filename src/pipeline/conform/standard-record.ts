import type { EntityName } from '../../standard/index.js';

/** Why a value is not an ordinary one. ABSENT (null, no state) is the rest: the source did not give the field. */
export type ExceptionState = 'EMPTY' | 'MASKED_AT_SOURCE' | 'PLACEHOLDER';

export type FieldValue = string | number | boolean | null;

/** One record of one standard entity, as one source record says it. */
export interface StandardRecord {
  entity: EntityName;
  /** '' for the stream's primary entity; distinguishes further records of the same source record. */
  part: string;
  /** The person as the source knows him; null where the record is not about a person. */
  personKey: string | null;
  /** True when `personKey` is an identifier: the store keeps only its blind index. */
  personKeyIsIdentifier: boolean;
  /** Division code the record lies in, else the stream's default. */
  area: string | null;
  /** Only fields that have a value; dates as 'YYYY-MM-DD', partial dates 'YYYY' | 'YYYY-MM' | 'YYYY-MM-DD', decimals as text. */
  values: Record<string, FieldValue>;
  /** Only exceptions. A MASKED_AT_SOURCE field keeps its masked text in `values`; EMPTY and PLACEHOLDER fields have none. */
  states: Record<string, ExceptionState> | null;
}

export interface Rejection {
  /** Catalogue code, for example MAPPING_UNKNOWN_CODE. */
  code: string;
  /** JSON pointer into the source record. */
  pointer: string;
  /** Shape of the value (type, length, character classes), never the value. */
  shape: string;
  /** One word more, for example `noSuchDay`; the field's name where a value is out of the standard. */
  reason?: string;
}

/** What the mapping made of one source record. `key` is null only when it cannot be read. */
export type Conformed =
  | { kind: 'records'; key: string; records: StandardRecord[]; validity: Validity | null }
  | { kind: 'deleted'; key: string }
  | { kind: 'skipped'; key: string | null; reason: string }
  | { kind: 'rejected'; key: string | null; rejection: Rejection };

/** Versioned sources: which version row this is (STANDARD: qysj, jssj, cxbz). */
export interface Validity {
  /** Orders the versions of one person: ISO time or source date, compared as text. */
  from: string;
  to: string | null;
  /** True for a reversal row and for the row it reverses (冲销, 配对冲销): neither is current. */
  reversed: boolean;
}

/** A mapping compiled once; `conform` is pure and synchronous. */
export interface CompiledMapping {
  /** True when the stream's key is itself an identifier: the store keeps its blind index. */
  readonly keyIsIdentifier: boolean;
  /** True when rows are versions of a person and `validity` is given with each. */
  readonly versioned: boolean;
  readonly primaryEntity: EntityName;
  /**
   * Entities whose record may carry part '': usually the primary alone. Where a source keeps unlike things in one
   * list (property owners: persons and companies), each source record yields exactly one of them.
   */
  readonly primaryEntities?: readonly EntityName[];
  /** Every entity the mapping can yield. */
  readonly entities: readonly EntityName[];
  conform(row: Readonly<Record<string, unknown>>): Conformed;
}
