import type { Tx } from '../../platform/database/index.js';
import {
  enter,
  phaseOf,
  pausedError,
  reopened,
  requestLimits,
  SharedGate,
  type AdapterManifest,
  type BreakerPhase,
  type GateState,
  type GateStore,
  type RequestGate,
} from '../adapter-kit/index.js';
import { transact, type Engine } from './engine.js';

interface Row {
  now: number;
  failures: number;
  opens: number;
  open_until: number | null;
  probe_until: number | null;
  cause: string | null;
  next_at: number | null;
  hour_from: number;
  requests: number;
  failed: number;
}

const MS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;
const COLUMNS = `SELECT ${MS('clock_timestamp()')} AS now, failures, opens, ${MS('open_until')} AS open_until,
  ${MS('probe_until')} AS probe_until, cause, ${MS('next_at')} AS next_at, ${MS('hour_from')} AS hour_from, requests, failed`;
const SELECT = `${COLUMNS} FROM control.source_gate WHERE source = $1`;

/** The gate of a source that all workers share; moments are the database's clock. */
export const sourceGate = (engine: Engine, source: string, manifest: Pick<AdapterManifest, 'limits'>): RequestGate =>
  new SharedGate(source, storeOf(engine, source), requestLimits(manifest));

const storeOf = (engine: Engine, source: string): GateStore => ({
  update: (change) =>
    transact(engine, async (tx) => {
      await tx.query(`INSERT INTO control.source_gate (source) VALUES ($1) ON CONFLICT DO NOTHING`, [source]);
      const { state, now } = (await readGate(tx, source, true))!;
      const { state: next, result } = change(state, now);
      await writeGate(tx, source, next);
      return result;
    }),
});

async function readGate(tx: Tx, source: string, lock: boolean): Promise<{ state: GateState; now: number } | null> {
  const { rows } = await tx.query<Row>(lock ? `${SELECT} FOR UPDATE` : SELECT, [source]);
  return rows[0] ? gateOf(rows[0]) : null;
}

function gateOf(row: Row): { state: GateState; now: number } {
  const { failures, opens, cause, requests, failed } = row;
  const breaker = { failures, opens, openUntil: row.open_until ?? 0, probeUntil: row.probe_until ?? 0, cause };
  return { now: row.now, state: { breaker, nextAt: row.next_at ?? 0, hourFrom: row.hour_from, requests, failed } };
}

const AT = (place: string): string => `to_timestamp(nullif(${place}::float8, 0) / 1000)`;

async function writeGate(tx: Tx, source: string, { breaker, ...state }: GateState): Promise<void> {
  await tx.query(
    `UPDATE control.source_gate SET failures = $2, opens = $3, open_until = ${AT('$4')}, probe_until = ${AT('$5')}, cause = $6,
       next_at = ${AT('$7')}, hour_from = ${AT('$8')}, requests = $9, failed = $10 WHERE source = $1`,
    [
      source,
      breaker.failures,
      breaker.opens,
      breaker.openUntil,
      breaker.probeUntil,
      breaker.cause,
      state.nextAt,
      state.hourFrom,
      state.requests,
      state.failed,
    ],
  );
}

/**
 * Spares a run that would only be sent away: nothing is opened or loaded for a source that is not to be asked now.
 *
 * @throws RetriableError SOURCE_PAUSED.
 */
export async function refusePaused(engine: Engine, source: string): Promise<void> {
  const gate = await transact(engine, (tx) => readGate(tx, source, false));
  if (!gate) return;
  const entry = enter(gate.state, {}, gate.now, 1);
  const waitMs = 'waitMs' in entry ? entry.waitMs : entry.grant.firstAt - gate.now;
  if (waitMs > PAUSE_MS) throw pausedError(source, gate.state.breaker.cause, waitMs);
}

/** How a source's gate stands, as shown to people. */
export interface GateView {
  state: BreakerPhase;
  /** Not asked before this; null while it may be. */
  until: Date | null;
  /** Code of what it is paused for. */
  cause: string | null;
  requestsThisHour: number;
  failedThisHour: number;
}

const NEVER_ASKED: GateView = { state: 'CLOSED', until: null, cause: null, requestsThisHour: 0, failedThisHour: 0 };

/** The gates of all sources; one that was never asked through a gate has the view of a closed one. */
export async function readGates(tx: Pick<Tx, 'query'>): Promise<(source: string) => GateView> {
  const { rows } = await tx.query<Row & { source: string }>(`${COLUMNS}, source FROM control.source_gate`);
  const views = new Map(rows.map((row) => [row.source, viewOf(row)]));
  return (source) => views.get(source) ?? NEVER_ASKED;
}

/**
 * A source left alone for what Retry-After asked for is not asked either: that shows as an open breaker. Waits that are
 * spent at the gate itself are its pace, no pause.
 */
function viewOf(row: Row): GateView {
  const { state, now } = gateOf(row);
  const { openUntil, failures } = state.breaker;
  const until = Math.max(openUntil, state.nextAt);
  const paused = openUntil > now || state.nextAt - now > (failures > 0 ? PAUSE_MS : SLOW_PACE_MS);
  const fresh = now - state.hourFrom < 3_600_000;
  return {
    state: paused ? 'OPEN' : phaseOf(state.breaker, now),
    until: paused ? new Date(until) : null,
    cause: paused || openUntil > 0 ? state.breaker.cause : null,
    requestsThisHour: fresh ? state.requests : 0,
    failedThisHour: fresh ? state.failed : 0,
  };
}

/** Shorter waits are spent at the gate itself. */
const PAUSE_MS = 3_000;
/** A source that answers may be asked as rarely as this by its own limits; beyond it, it asked to be left alone. */
const SLOW_PACE_MS = 15_000;

/** Somebody says that the cause is gone (a start by hand, new settings): the source is asked again at once. */
export async function reopenGate(tx: Tx, source: string): Promise<void> {
  const gate = await readGate(tx, source, true);
  if (gate) await writeGate(tx, source, reopened(gate.state, gate.now));
}
