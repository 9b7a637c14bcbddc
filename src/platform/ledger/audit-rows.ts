import { UsageError, type JsonObject } from '../kernel/index.js';
import type { LedgerTx } from './append.js';

/** One evidence row as an auditor reads it. */
export interface AuditRow {
  id: string;
  /** When the database recorded it. */
  time: Date;
  code: string;
  /** The accountable person named on the token, else the actor's id. */
  who: string | null;
  unit: string | null;
  purpose: string | null;
  caseNo: string | null;
  operation: string | null;
  fields: string[];
  /** Keyed pseudonyms of the residents concerned. */
  subjects: string[];
  decision: string | null;
  /** The whole body, as it is kept. */
  body: JsonObject;
  /** Give it as `after` to go on behind this row. */
  cursor: string;
}

export interface AuditFilter {
  code?: string;
  /** A pseudonym. */
  subject?: string;
  /** Rows recorded at or after this time, and before `until`. */
  from?: Date;
  until?: Date;
}

export interface AuditPage {
  rows: AuditRow[];
  hasNextPage: boolean;
}

/**
 * Evidence rows, newest first, by keyset over (at, id): pages stay right while rows are added.
 *
 * @param first at most 200.
 * @throws UsageError BAD_USER_INPUT for a cursor of another shape.
 */
export async function auditRows(
  tx: LedgerTx,
  { first, after, filter = {} }: { first: number; after?: string | null; filter?: AuditFilter },
): Promise<AuditPage> {
  const limit = Math.min(Math.max(Math.trunc(first), 0), 200);
  const { words, params } = conditions(filter);
  if (after) {
    const [at, id] = parseCursor(after);
    params.push(at, id);
    words.push(`(e.at, e.id) < ($${params.length - 1}::timestamptz, $${params.length}::uuid)`);
  }
  params.push(limit + 1);
  const { rows } = await tx.query(
    `SELECT e.id, e.at, e.at::text AS at_text, e.body FROM ledger.event e
     ${words.length ? `WHERE ${words.join(' AND ')}` : ''}
     ORDER BY e.at DESC, e.id DESC LIMIT $${params.length}`,
    params,
  );
  const found = (rows as EventRow[]).slice(0, limit).map(toAuditRow);
  return { rows: found, hasNextPage: rows.length > limit };
}

/** How many rows match, counted no further than `cap`. */
export async function countAuditRows(tx: LedgerTx, filter: AuditFilter = {}, cap = 10_000): Promise<number> {
  const { words, params } = conditions(filter);
  params.push(cap);
  const { rows } = await tx.query(
    `SELECT count(*)::int4 AS count FROM (SELECT 1 FROM ledger.event e
     ${words.length ? `WHERE ${words.join(' AND ')}` : ''} LIMIT $${params.length}) AS capped`,
    params,
  );
  return (rows as { count: number }[])[0]!.count;
}

interface EventRow {
  id: string;
  at: Date;
  at_text: string;
  body: Buffer;
}

function conditions(filter: AuditFilter): { words: string[]; params: unknown[] } {
  const words: string[] = [];
  const params: unknown[] = [];
  const add = (word: (place: string) => string, value: unknown): void => {
    if (value === undefined) return;
    params.push(value);
    words.push(word(`$${params.length}`));
  };
  add((p) => `e.code = ${p}`, filter.code);
  add((p) => `e.id IN (SELECT s.event FROM ledger.subject s WHERE s.pseudonym = ${p})`, filter.subject);
  add((p) => `e.at >= ${p}::timestamptz`, filter.from?.toISOString());
  add((p) => `e.at < ${p}::timestamptz`, filter.until?.toISOString());
  return { words, params };
}

/** Everything is taken from the body, which is what will be proved; the columns beside it only serve the search. */
function toAuditRow(row: EventRow): AuditRow {
  const body = JSON.parse(row.body.toString('utf8')) as JsonObject;
  const text = (field: string): string | null => (typeof body[field] === 'string' ? body[field] : null);
  const list = (field: string): string[] => (Array.isArray(body[field]) ? (body[field] as string[]) : []);
  return {
    id: row.id,
    time: row.at,
    code: text('code') ?? '',
    who: text('person') ?? text('actor'),
    unit: text('unit'),
    purpose: text('purpose'),
    caseNo: text('caseNo'),
    operation: text('operation'),
    fields: list('fields'),
    subjects: list('subjects'),
    decision: text('decision'),
    body,
    // The text form keeps the microseconds that a JavaScript Date loses.
    cursor: Buffer.from(`${row.at_text}|${row.id}`).toString('base64url'),
  };
}

function parseCursor(cursor: string): [at: string, id: string] {
  const match = /^([\d :.+-]{19,40})\|([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (!match) throw new UsageError('CURSOR_UNREADABLE');
  return [match[1]!, match[2]!];
}
