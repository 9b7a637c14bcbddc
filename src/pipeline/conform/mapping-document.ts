/** The shape of `mapping.yaml`; `schemas/adapter/mapping.schema.json` says the same with titles and examples. */
export interface MappingDocument {
  contractVersion: string;
  adapter: string;
  version: string;
  /** Code tables of this source, by name. */
  codes?: Record<string, CodeTableDocument>;
  /** Conditions by name, for `use`. */
  conditions?: Record<string, Condition>;
  streams: Record<string, StreamDocument>;
  /** What the answers of look-up services mean, by service. */
  services?: Record<string, ServiceDocument>;
}

/** `records` for a look-up, `verdicts` for a check of claims. */
export interface ServiceDocument extends Omit<StreamDocument, 'records'> {
  records?: RecordDocument[];
  /** By claim. */
  verdicts?: Record<string, VerdictDocument>;
}

export interface VerdictDocument {
  /** Where the answer says it. */
  path: string;
  yes: string[];
  no?: string[];
  unknown?: string[];
  /** What it means that the place is empty; without it such an answer is rejected. */
  absent?: 'no' | 'unknown';
}

export interface CodeTableDocument {
  version: string;
  /** The standard's code list that every right-hand side must belong to. */
  list: string;
  /** Source code → standard code, compared as text after trimming. */
  map?: Record<string, string>;
  /** Free text: the first entry whose text occurs in the value decides. Asked after `map`. */
  contains?: { text: string; code: string }[];
}

export interface StreamDocument {
  versioned?: { from: Expression; to?: Expression; reversal?: Condition };
  deletedWhen?: Condition;
  skipWhen?: { when: Condition; reason: string }[];
  /** Division code the records lie in. */
  area?: Expression;
  /** Division for records whose own cannot be read. */
  defaultArea?: string;
  records: RecordDocument[];
}

export interface RecordDocument {
  entity: string;
  part?: string;
  when?: Condition;
  personKey?: Expression | IdentifierKey;
  area?: Expression;
  fields: Record<string, Expression>;
}

/** A person key that is itself an identifier; the store keeps its blind index only. */
export interface IdentifierKey {
  identifier: string;
}

/** A plain text is short for `{from: <path>}`. Exactly one of from, concat, coalesce, constant, test. */
export type Expression = string | ExpressionDocument;

export interface ExpressionDocument {
  from?: string;
  concat?: Expression[];
  separator?: string;
  /** What a missing part of a concat does: makes the whole absent (default), or is left out. */
  missing?: 'absent' | 'skip';
  coalesce?: Expression[];
  constant?: string | number | boolean;
  /** A yes/no field from a condition. */
  test?: Condition;
  as?: string;
  arg?: string;
  /** The argument from the record: a path, or `$area`. */
  argFrom?: string;
  /** Takes a by-product of the normaliser instead of its value (`citizenId` yields birthDate and sex). */
  take?: string;
  codes?: string;
  when?: Condition;
  /** Texts that mean "nothing, on purpose" in this column, for example an open end. */
  emptyWhen?: string[];
  /** What an unreadable value does: rejects the record (default) or counts as a placeholder. */
  onInvalid?: 'reject' | 'placeholder';
}

export interface Condition {
  path?: string;
  equals?: string;
  in?: string[];
  present?: boolean;
  matches?: string;
  /** True when the named normaliser reads the value and does not doubt it. */
  valid?: string;
  /** A named condition of the mapping. */
  use?: string;
  all?: Condition[];
  any?: Condition[];
  not?: Condition;
}

/** What the mapping needs to know of the manifest; every adapter manifest has it. */
export interface ManifestView {
  id: string;
  streams: readonly StreamView[];
  services?: readonly ServiceView[];
  placeholders?: Readonly<Record<string, readonly string[]>>;
}

/** A look-up service as the mapping sees it. */
export interface ServiceView {
  name: string;
  verb: 'lookup' | 'verify';
  /** Fields that name a looked-up record. */
  key?: readonly string[];
  claims?: readonly string[];
}

export interface StreamView {
  name: string;
  key: readonly string[];
  keyIsIdentifier?: unknown;
}
