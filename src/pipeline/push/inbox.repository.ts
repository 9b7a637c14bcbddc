import { FatalError } from '../../platform/kernel/index.js';
import type { Tx } from '../../platform/database/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import { stableJson } from '../adapter-kit/index.js';
import type { PushedRecord } from './read-delivery.js';

export interface Accepted {
  accepted: number;
  /** Events that had come before, or came twice. */
  duplicates: number;
}

/** What an event's body is bound to. */
export const inboxAad = (stream: number, event: Buffer): string => `data.push_inbox‖${stream}‖${event.toString('hex')}`;

/**
 * Puts events into the inbox, each once however often it is sent. They are durable when the transaction is: only then
 * may the sender be told.
 */
export async function putEvents(
  tx: Tx,
  keyring: Pick<Keyring, 'blindIndex' | 'sealSecret'>,
  stream: number,
  records: readonly PushedRecord[],
): Promise<Accepted> {
  const events = new Map<string, { event: Buffer; at: Date | null; body: Buffer }>();
  for (const { id, occurredAt, record } of records) {
    // The id may name a person: only its keyed hash is kept.
    const event = keyring.blindIndex('push-event', `${stream}\0${id}`);
    const name = event.toString('hex');
    if (events.has(name)) continue;
    events.set(name, { event, at: occurredAt, body: keyring.sealSecret(stableJson(record), inboxAad(stream, event)) });
  }
  const rows = [...events.values()];
  const { rowCount } = await tx.query(
    `WITH sent AS (
       SELECT * FROM unnest($2::bytea[], $3::timestamptz[], $4::bytea[]) WITH ORDINALITY s(event, at, body, n)),
     fresh AS (
       INSERT INTO control.push_seen (stream, event) SELECT $1, event FROM sent ORDER BY event ON CONFLICT DO NOTHING RETURNING event)
     INSERT INTO data.push_inbox (stream, event, occurred_at, body)
     SELECT $1, event, at, body FROM sent JOIN fresh USING (event) ORDER BY n`,
    [stream, rows.map((row) => row.event), rows.map((row) => row.at), rows.map((row) => row.body)],
  );
  return { accepted: rowCount, duplicates: records.length - rowCount };
}

/** An event that waits. */
export interface WaitingEvent {
  seq: string;
  occurredAt: Date | null;
  record: Buffer;
}

/** The events that have waited longest. Those that are put in meanwhile are found the next time, whatever their number. */
export async function waitingEvents(
  tx: Tx,
  keyring: Pick<Keyring, 'openSecret'>,
  stream: number,
  limit: number,
): Promise<WaitingEvent[]> {
  const { rows } = await tx.query<{ seq: string; event: Buffer; occurred_at: Date | null; body: Buffer }>(
    `SELECT seq::text AS seq, event, occurred_at, body FROM data.push_inbox WHERE stream = $1 ORDER BY seq LIMIT $2`,
    [stream, limit],
  );
  return rows.map(({ seq, event, occurred_at, body }) => ({
    seq,
    occurredAt: occurred_at,
    record: Buffer.from(keyring.openSecret(body, inboxAad(stream, event)), 'utf8'),
  }));
}

/** Takes events out, in the transaction that writes what they said. @throws FatalError PUSH_TAKEN when one is gone. */
export async function takeEvents(tx: Tx, stream: number, events: readonly Pick<WaitingEvent, 'seq'>[]): Promise<void> {
  const { rowCount } = await tx.query(`DELETE FROM data.push_inbox WHERE stream = $1 AND seq = ANY($2::int8[])`, [
    stream,
    events.map(({ seq }) => seq),
  ]);
  if (rowCount !== events.length) throw new FatalError('PUSH_TAKEN', { origin: 'gateway' });
}

/** When the newest event of each record was sent, as far as events were taken. */
export async function marksOf(tx: Tx, stream: number, keys: readonly string[]): Promise<Map<string, Date>> {
  const { rows } = await tx.query<{ key: string; occurred_at: Date }>(
    `SELECT key, occurred_at FROM data.push_mark WHERE stream = $1 AND key = ANY($2)`,
    [stream, keys],
  );
  return new Map(rows.map((row) => [row.key, row.occurred_at]));
}

export async function setMarks(tx: Tx, stream: number, marks: ReadonlyMap<string, Date>): Promise<void> {
  if (marks.size === 0) return;
  await tx.query(
    `INSERT INTO data.push_mark (stream, key, occurred_at) SELECT $1, * FROM unnest($2::text[], $3::timestamptz[])
     ON CONFLICT (stream, key) DO UPDATE SET occurred_at = excluded.occurred_at`,
    [stream, [...marks.keys()], [...marks.values()]],
  );
}

/** Events are remembered longer than any sender sends them again. */
const REMEMBERED_DAYS = 30;

export async function forgetOldEvents(tx: Tx, stream: number): Promise<void> {
  await tx.query(
    `DELETE FROM control.push_seen WHERE stream = $1 AND received_at < clock_timestamp() - make_interval(days => $2)`,
    [stream, REMEMBERED_DAYS],
  );
}
