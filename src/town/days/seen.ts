/**
 * What a careful reader of a list makes of one row: it lives in his books; it says that it was deleted; a code in it is
 * unknown, so it is set aside; or it stands for nobody.
 */
export type Standing = 'live' | 'deleted' | 'rejected' | 'skipped';

/** A row of a list on one day. */
export interface Seen {
  standing: Standing;
  /** Everything that the list shows of it. */
  text: string;
}

/** One key of a list, on each of the given days; null where the list has no such key. */
export interface ListedKey {
  stream: string;
  key: string;
  /** Was there on the town's first day. */
  first: boolean;
  seen: (Seen | null)[];
}

/** Rows as the lists show them: the named columns of a row. */
export const shown = (row: object, columns: readonly string[]): string =>
  JSON.stringify(columns.map((column) => (row as Record<string, unknown>)[column] ?? null));
