/** The terms of a run's two balances, each counted where it happened. */
export interface Counts {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  revived: number;
  deletedByMessage: number;
  deletedByAbsence: number;
  quarantined: number;
  skipped: number;
}

export interface Statement {
  counts: Counts;
  liveBefore: number;
  liveAfter: number;
  sourceDigest: Buffer;
  storeDigest: Buffer;
}

export interface Verdict {
  balanced: boolean;
  /** read = created + updated + unchanged + revived + deletedByMessage + quarantined + skipped */
  inBalance: boolean;
  /** liveAfter = liveBefore + created + revived − deletedByMessage − deletedByAbsence */
  storeBalance: boolean;
  /** Null where the digests need not agree (the scan does not cover everything that is live). */
  digestsEqual: boolean | null;
}

/** Judges a run's statement. Pure; the terms are never derived from the formula. */
export function judge(statement: Statement, coversEverything: boolean): Verdict {
  const c = statement.counts;
  const inBalance =
    c.read === c.created + c.updated + c.unchanged + c.revived + c.deletedByMessage + c.quarantined + c.skipped;
  const storeBalance =
    statement.liveAfter === statement.liveBefore + c.created + c.revived - c.deletedByMessage - c.deletedByAbsence;
  const digestsEqual = coversEverything ? statement.sourceDigest.equals(statement.storeDigest) : null;
  return { balanced: inBalance && storeBalance && digestsEqual !== false, inBalance, storeBalance, digestsEqual };
}

/** More than 1 % bad records (and not just a handful) hold a stream. */
export const tooManyBad = (read: number, quarantined: number): boolean => quarantined >= 5 && quarantined * 100 > read;

/** Deleting more than 10 % of the live records (and not just a handful) waits for approval. */
export const massDelete = (live: number, doomed: number): boolean => doomed >= 20 && doomed * 10 > live;

/** The counters as a row of `control.sync_run` holds them. */
export function countsOf(row: Record<string, unknown>): Counts {
  const count = (name: string): number => Number(row[name]);
  return {
    read: count('read'),
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    revived: count('revived'),
    deletedByMessage: count('deleted_by_message'),
    deletedByAbsence: count('deleted_by_absence'),
    quarantined: count('quarantined'),
    skipped: count('skipped'),
  };
}
