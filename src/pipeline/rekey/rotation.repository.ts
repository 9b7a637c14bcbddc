import type { Tx } from '../../platform/database/index.js';
import type { Mark } from './sealed-place.js';

export type Phase = 'INTRODUCED' | 'SEALING' | 'REWRAPPING' | 'DONE';

export interface Rotation {
  id: number;
  version: number;
  phase: Phase;
  /** Milliseconds since the phase began, by the database's clock. */
  phaseMs: number;
  startedAt: Date;
  endedAt: Date | null;
  total: number;
  seen: number;
  rewrapped: number;
}

const COLUMNS = `id, version, phase, (extract(epoch FROM clock_timestamp() - phase_at) * 1000)::float8 AS "phaseMs",
  started_at AS "startedAt", ended_at AS "endedAt", total::float8 AS total, seen::float8 AS seen, rewrapped::float8 AS rewrapped`;

/** The last rotation, open or ended. */
export async function lastRotation(tx: Tx): Promise<Rotation | null> {
  const { rows } = await tx.query<Rotation>(`SELECT ${COLUMNS} FROM control.key_rotation ORDER BY id DESC LIMIT 1`);
  return rows[0] ?? null;
}

export async function rotationOf(tx: Tx, id: number): Promise<Rotation> {
  const { rows } = await tx.query<Rotation>(`SELECT ${COLUMNS} FROM control.key_rotation WHERE id = $1`, [id]);
  return rows[0]!;
}

/** The open rotation, locked: one process at a time decides about its next step. */
export async function lockOpenRotation(tx: Tx): Promise<Rotation | null> {
  const { rows } = await tx.query<Rotation>(
    `SELECT ${COLUMNS} FROM control.key_rotation WHERE ended_at IS NULL FOR UPDATE`,
  );
  return rows[0] ?? null;
}

/** Opens a rotation. @returns null when another process has just done so. */
export async function openRotation(tx: Tx, version: number, total: number): Promise<Rotation | null> {
  const { rows } = await tx.query<Rotation>(
    `INSERT INTO control.key_rotation (version, total) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
    [version, total],
  );
  return rows[0] ?? null;
}

export async function setPhase(tx: Tx, rotation: number, phase: Phase): Promise<void> {
  await tx.query(
    `UPDATE control.key_rotation SET phase = $2::text, phase_at = clock_timestamp(),
       ended_at = CASE WHEN $2::text = 'DONE' THEN clock_timestamp() END WHERE id = $1`,
    [rotation, phase],
  );
}

/** From the commit on nothing older than `version` can be stored; waits for those who are about to. */
export async function raiseFloor(tx: Tx, version: number): Promise<void> {
  await tx.query(`SET LOCAL lock_timeout = '2s'`);
  await tx.query(`UPDATE control.key_floor SET oldest = $1 WHERE oldest < $1`, [version]);
}

/** Where the walk through a place stands, locked until the batch is committed. */
export async function lockPlace(tx: Tx, rotation: number, place: string): Promise<{ after: Mark; finished: boolean }> {
  await tx.query(`INSERT INTO control.key_rotation_place (rotation, place) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
    rotation,
    place,
  ]);
  const { rows } = await tx.query<{ after: string[] | null; finished: boolean }>(
    `SELECT after, finished FROM control.key_rotation_place WHERE rotation = $1 AND place = $2 FOR UPDATE`,
    [rotation, place],
  );
  return rows[0]!;
}

export async function movePlace(
  tx: Tx,
  rotation: number,
  place: string,
  step: { after: Mark; finished: boolean; seen: number; rewrapped: number },
): Promise<void> {
  await tx.query(`UPDATE control.key_rotation_place SET after = $3, finished = $4 WHERE rotation = $1 AND place = $2`, [
    rotation,
    place,
    step.after,
    step.finished,
  ]);
  await tx.query(`UPDATE control.key_rotation SET seen = seen + $2, rewrapped = rewrapped + $3 WHERE id = $1`, [
    rotation,
    step.seen,
    step.rewrapped,
  ]);
}

/** A walk that has to be made again. */
export async function reopenPlace(tx: Tx, rotation: number, place: string): Promise<void> {
  await tx.query(
    `UPDATE control.key_rotation_place SET after = NULL, finished = false WHERE rotation = $1 AND place = $2`,
    [rotation, place],
  );
}
