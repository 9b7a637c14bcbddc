import type { Tx } from '../../platform/database/index.js';
import type { EventType } from './run-event.js';

/** An event that waits to be told. */
export interface WaitingEvent {
  id: string;
  run: number;
  type: EventType;
  at: Date;
  /** 1 for the first try. */
  attempts: number;
}

/** Events are noted for this long after a worker last asked for them. */
const WANTED_HOURS = 24;
/** A collector that is away for longer than this has lost them. */
const KEPT_DAYS = 7;
/** Whoever took an event and does not come back to it (a killed worker) loses it to others after this. */
const CLAIM_SECONDS = 60;

/** From now on run events are noted. @returns the deployment's id, and how many events were too old to be kept. */
export async function wantEvents(tx: Tx): Promise<{ deployment: string; dropped: number }> {
  const { rows } = await tx.query<{ deployment: string }>(
    `UPDATE control.lineage SET wanted_until = clock_timestamp() + make_interval(hours => $1) RETURNING deployment`,
    [WANTED_HOURS],
  );
  const { rowCount } = await tx.query(
    `DELETE FROM control.lineage_event WHERE at < clock_timestamp() - make_interval(days => $1)`,
    [KEPT_DAYS],
  );
  return { deployment: rows[0]!.deployment, dropped: rowCount };
}

/** Takes events that are due, each run's in their order: none while an earlier one of the run waits. */
export async function takeEvents(tx: Tx, limit: number): Promise<WaitingEvent[]> {
  const { rows } = await tx.query<WaitingEvent>(
    `UPDATE control.lineage_event SET attempts = attempts + 1, due_at = clock_timestamp() + make_interval(secs => $2)
     WHERE id IN (
       SELECT c.id FROM control.lineage_event c WHERE c.due_at <= clock_timestamp()
         AND NOT EXISTS (SELECT 1 FROM control.lineage_event p WHERE p.run = c.run AND p.id < c.id)
       ORDER BY c.id LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING id::text, run, type, at, attempts`,
    [limit, CLAIM_SECONDS],
  );
  return rows.sort((a, b) => Number(a.id) - Number(b.id));
}

export async function forgetEvent(tx: Tx, id: string): Promise<void> {
  await tx.query(`DELETE FROM control.lineage_event WHERE id = $1`, [id]);
}

export async function postponeEvent(tx: Tx, id: string, ms: number): Promise<void> {
  await tx.query(
    `UPDATE control.lineage_event SET due_at = clock_timestamp() + make_interval(secs => $2::float8 / 1000.0) WHERE id = $1`,
    [id, ms],
  );
}
