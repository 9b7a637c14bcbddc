import type { Tx } from '../../platform/database/index.js';
import { encodeNumbers } from '../store/index.js';
import { covers, type Hold, type ShownHold } from './hold.js';

/** Holds a stream: it deletes nothing and is not green until a run succeeds or somebody approves what was shown. */
export async function recordHold(
  tx: Tx,
  at: { stream: number; run: number; adapterHash: string },
  hold: Hold,
): Promise<void> {
  await tx.query(
    `INSERT INTO control.stream_control (stream, hold_code, held_at) VALUES ($1, $2, clock_timestamp())
     ON CONFLICT (stream) DO UPDATE SET hold_code = excluded.hold_code,
       held_at = CASE WHEN stream_control.hold_code = excluded.hold_code THEN stream_control.held_at ELSE excluded.held_at END`,
    [at.stream, hold.code],
  );
  await tx.query(
    `INSERT INTO control.hold (stream, run, code, params, adapter_hash, lost, bad, doomed, since)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, held_at FROM control.stream_control WHERE stream = $1`,
    [
      at.stream,
      at.run,
      hold.code,
      JSON.stringify(hold.params),
      at.adapterHash,
      hold.lost ?? [],
      hold.bad ?? 0,
      hold.doomed ? encodeNumbers(hold.doomed) : null,
    ],
  );
}

const SHOWN = `code, adapter_hash AS "adapterHash", lost, bad::float8 AS bad, doomed`;

/** Whether an approval in force covers this hold. */
export async function isApproved(tx: Tx, stream: number, adapterHash: string, hold: Hold): Promise<boolean> {
  const { rows } = await tx.query<ShownHold>(
    `SELECT ${SHOWN} FROM control.hold WHERE stream = $1 AND code = $2 AND decision = 'APPROVED' AND ended_at IS NULL`,
    [stream, hold.code],
  );
  return rows.some((shown) => covers(shown, hold, adapterHash));
}

/**
 * After a good run nothing of a stream waits any more. What was approved has happened; only the word on bad records
 * stays, while the run still needed it (`bad` records over the bound under the same adapter).
 */
export async function endHolds(tx: Tx, stream: number, stillBad: { adapterHash: string } | null): Promise<void> {
  await tx.query(`UPDATE control.stream_control SET hold_code = NULL, held_at = NULL WHERE stream = $1`, [stream]);
  await tx.query(
    `UPDATE control.hold SET ended_at = clock_timestamp() WHERE stream = $1 AND ended_at IS NULL
       AND NOT (decision IS NOT DISTINCT FROM 'APPROVED' AND code = 'SYNC_TOO_MANY_BAD' AND adapter_hash IS NOT DISTINCT FROM $2)`,
    [stream, stillBad?.adapterHash ?? null],
  );
}

/** A hold as a decision about it needs it. */
export interface HoldRow extends ShownHold {
  id: number;
  stream: number;
  streamName: string;
  source: string;
  run: number;
  params: Record<string, string | number>;
  decision: 'APPROVED' | 'REFUSED' | null;
  ended: boolean;
  /** The adapter the source has now. */
  currentHash: string;
}

const ROW = `SELECT h.id, h.stream, s.name AS "streamName", s.source, h.run, h.params, h.decision, h.ended_at IS NOT NULL AS ended,
    h.code, h.adapter_hash AS "adapterHash", h.lost, h.bad::float8 AS bad, h.doomed, c.adapter_hash AS "currentHash"
  FROM control.hold h JOIN control.stream s ON s.id = h.stream JOIN control.source c ON c.id = s.source`;

export async function holdOfRun(tx: Tx, run: number): Promise<HoldRow | null> {
  const { rows } = await tx.query<HoldRow>(`${ROW} WHERE h.run = $1 FOR UPDATE OF h`, [run]);
  return rows[0] ?? null;
}

/** The latest hold of each stream of a source that still waits for a word. */
export async function waitingHolds(tx: Tx, source: string): Promise<HoldRow[]> {
  const { rows } = await tx.query<HoldRow>(
    `${ROW} WHERE s.source = $1 AND c.removed_at IS NULL AND h.ended_at IS NULL AND h.decision IS NULL
       AND h.id = (SELECT max(id) FROM control.hold WHERE stream = h.stream) ORDER BY h.stream`,
    [source],
  );
  return rows;
}

export async function latestHold(tx: Tx, stream: number): Promise<HoldRow | null> {
  const { rows } = await tx.query<HoldRow>(`${ROW} WHERE h.stream = $1 ORDER BY h.id DESC LIMIT 1`, [stream]);
  return rows[0] ?? null;
}

/** Who decides, and why. */
export interface Decision {
  actor: string;
  unit: string;
  person: string;
  reason: string;
}

export async function decideHold(
  tx: Tx,
  id: number,
  decision: 'APPROVED' | 'REFUSED',
  by: Decision,
  nextRun: number | null,
): Promise<void> {
  await tx.query(
    `UPDATE control.hold SET decision = $2, decided_at = clock_timestamp(), decided_by = $3, decided_unit = $4, decided_person = $5,
       decided_reason = $6, next_run = $7, ended_at = CASE WHEN $2 = 'REFUSED' THEN clock_timestamp() END WHERE id = $1`,
    [id, decision, by.actor, by.unit, by.person, by.reason, nextRun],
  );
}
