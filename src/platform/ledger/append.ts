import { systemClock, uuidv7, type Clock } from '../kernel/index.js';
import type { EvidenceEvent } from './catalogue.js';
import { eventBody } from './event-body.js';

/** The part of a transaction that the ledger needs; that of `platform/database` fits. */
export interface LedgerTx {
  query(sql: string | { name: string; text: string }, params?: readonly unknown[]): Promise<{ rows: unknown[] }>;
}

const EVENT = 'INSERT INTO ledger.event (id, code, body) VALUES ($1, $2, $3)';
const NO_SUBJECT = { name: 'evidence-0', text: EVENT };
const WITH_ONE_SUBJECT = {
  name: 'evidence-1',
  text: `WITH event AS (${EVENT}) INSERT INTO ledger.subject (event, pseudonym) VALUES ($1, $4)`,
};
const WITH_SUBJECTS = {
  name: 'evidence-n',
  text: `WITH event AS (${EVENT}) INSERT INTO ledger.subject (event, pseudonym) SELECT $1, unnest($4::text[])`,
};

/**
 * Records one event in the caller's transaction: what it proves and the proof commit together or not at all.
 * One prepared statement, because it stands at the end of every query.
 *
 * @returns the event's id (UUIDv7).
 * @throws FatalError LEDGER_EVENT_INVALID; nothing was written then.
 */
export async function append(tx: LedgerTx, event: EvidenceEvent, clock: Clock = systemClock): Promise<string> {
  const at = clock.now();
  const id = uuidv7(at.getTime());
  const body = eventBody(event, { id, at });
  const subjects = 'subjects' in event && event.subjects ? [...new Set(event.subjects)] : [];
  if (subjects.length === 0) await tx.query(NO_SUBJECT, [id, event.code, body]);
  else if (subjects.length === 1) await tx.query(WITH_ONE_SUBJECT, [id, event.code, body, subjects[0]]);
  else await tx.query(WITH_SUBJECTS, [id, event.code, body, subjects]);
  return id;
}
