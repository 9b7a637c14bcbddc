import type { EntityName } from '../../standard/index.js';
import type { Rejection } from '../conform/index.js';
import type { EncodedRecord } from './encode-record.js';

/** A source record that is new or changed, mapped and encoded. */
export interface Candidate {
  key: string;
  /** Keyed hash of the source bytes. */
  raw: Buffer;
  /** Number reserved for the row; an existing row keeps its own. */
  n: number;
  records: EncodedRecord[];
}

export interface QuarantinedRecord {
  raw: Buffer;
  /** Null when the key itself cannot be read. */
  key: string | null;
  rejection: Rejection;
  /** The source bytes, sealed. */
  body: Buffer;
}

/** One page, completely decided but for what only the store knows: which keys stand there already. */
export interface PagePlan {
  stream: number;
  run: number;
  /** Every entity the stream can yield. */
  entities: readonly EntityName[];
  versioned: boolean;
  /** True while the stream has no rows at all: the page goes straight into the tables. */
  firstLoad: boolean;
  candidates: Candidate[];
  deletes: { key: string; raw: Buffer }[];
  quarantined: QuarantinedRecord[];
  /** Keys whose row was missed by earlier scans and is here again. */
  returned: string[];
  /** A replay: a record that is refused again was not met at the source again. */
  replay?: boolean;
  /** Rows that this scan has already met. */
  isSeen(n: number): boolean;
}

/** What the page did, counted where it happened. */
export interface PageEffect {
  created: number;
  updated: number;
  unchanged: number;
  revived: number;
  deletedByMessage: number;
  skippedDuplicate: number;
  /** Numbers of candidates that say something else under a key which this scan has already accepted. */
  differing: number[];
  skippedAlreadyDeleted: number;
  /** Source hashes accepted by this page through its candidates, with the number each row finally has. */
  accepted: { raw: Buffer; n: number }[];
  /** Numbers of live rows kept alive by a quarantined new version. */
  shadowed: number[];
  changedKeys: string[];
  deletedKeys: string[];
  /** Persons whose rows this page replaced or took away: another version may be current now. */
  personsLost: string[];
}
