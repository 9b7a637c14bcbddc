import type { AdapterManifest, SourceRow } from '../../contract.js';

/**
 * A stand-in for the source system: speaks the adapter's protocol as its manifest describes it and serves the adapter's
 * own fixtures. It belongs to the exam alone and shares no code with the connectors.
 */
export interface Upstream {
  /** The manifest to open with; differs from the adapter's only where a query is bound to the source's own tables. */
  manifest: AdapterManifest;
  settings: Record<string, unknown>;
  /** Settings whose credential (for files: whose directory) the source refuses. */
  refused: Record<string, unknown>;
  /** The stream holds exactly these rows from now on. */
  serve(stream: string, rows: readonly SourceRow[]): Promise<void>;
  /** A row as the protocol can carry it: what `parse` has to give. */
  wire(stream: string, row: SourceRow): SourceRow;
  /** Like `serve`, with one record in the middle that cannot be read; false when the protocol cannot hold one. */
  serveBad(stream: string, rows: readonly SourceRow[]): Promise<boolean>;
  /** Like `serve`, in another encoding than the manifest declares; false when the protocol leaves no choice. */
  serveMisencoded(stream: string, rows: readonly SourceRow[]): Promise<boolean>;
  /**
   * Columns that the adapter's own query yields, where the protocol has queries and the adapter says what tables they
   * read (`source.sql`); null otherwise. @throws the database's error for a query it does not accept.
   */
  queryColumns(stream: string): Promise<string[] | null>;
  close(): Promise<void>;
}

/** All field names of the rows, in order of first sight. */
export function fieldNames(rows: readonly SourceRow[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

export const asText = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value as string | number | boolean);
