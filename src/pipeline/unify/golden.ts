import { decodeStates, type FieldState, type FieldStates } from '../../standard/index.js';
import type { GoldenField } from './golden-field.js';

/** One live, current row of one source about the thing that gets a golden row. */
export interface Candidate {
  source: string;
  domain: string;
  stream: number;
  key: string;
  part: string;
  run: number;
  /** When the row holds in the world, as digits (version date, pay month, date of the operation); '' unknown. */
  worldTime: string;
  /** When we learnt it, in ms. */
  recordedAt: number;
  /** In the order of the fields. */
  values: readonly (string | null)[];
  states: string | null;
}

/** stream, key, part, run */
export type Pointer = readonly [number, string, string, number];

export interface Conflict {
  field: string;
  /** What decided: the declared authority, or freshness between equal authorities. */
  reason: 'authority' | 'freshness';
  /** The best row of each source, the chosen one first. */
  rows: Candidate[];
}

export interface Golden {
  values: (string | null)[];
  chosen: (Candidate | null)[];
  states: FieldStates;
  conflicts: Conflict[];
}

interface Claim {
  row: Candidate;
  value: string | null;
  state: FieldState | undefined;
  /** 0 a full value · 1 one that says little · 2 masked · 3 a state without a value. */
  tier: number;
  rank: number;
}

/** Blind indexes of numbers with a wrong check digit are one byte longer. */
const VERIFIED_INDEX = 32;

/**
 * The golden row, field by field: a full value before a masked one, the declared authority before others, then the
 * fresher in the world. What we learnt later wins only between two sources of one domain that give no world time, so
 * that equal content gives equal golden rows, in whatever order it came.
 */
export function goldenOf(fields: readonly GoldenField[], rows: readonly Candidate[]): Golden {
  const golden: Golden = { values: [], chosen: [], states: {}, conflicts: [] };
  const states = rows.map((row) => (row.states === null ? undefined : decodeStates(row.states)));
  fields.forEach((field, index) => {
    let best: Claim | null = null;
    const claims: Claim[] = [];
    for (let at = 0; at < rows.length; at++) {
      const claim = claimOf(field, rows[at]!, rows[at]!.values[index] ?? null, states[at]?.[field.name]);
      if (claim === null) continue;
      claims.push(claim);
      if (best === null || compare(claim, best) < 0) best = claim;
    }
    golden.values.push(best?.value ?? null);
    golden.chosen.push(best?.row ?? null);
    if (best?.state) golden.states[field.name] = best.state;
    const conflict = best === null || best.tier !== 0 ? null : conflictOf(field, best, claims);
    if (conflict) golden.conflicts.push(conflict);
  });
  return golden;
}

function claimOf(
  field: GoldenField,
  row: Candidate,
  value: string | null,
  state: FieldState | undefined,
): Claim | null {
  if (value === null && state === undefined) return null;
  const rank = field.rank(row.domain);
  if (value === null || state?.kind === 'PLACEHOLDER' || state?.kind === 'EMPTY')
    return { row, value: null, state, tier: 3, rank };
  if (state?.kind === 'MASKED_AT_SOURCE') return { row, value, state, tier: 2, rank };
  const says = field.spec.type === 'identifier' ? value.length === VERIFIED_INDEX : !field.unstated.has(value);
  return { row, value, state, tier: says ? 0 : 1, rank };
}

/** Negative when `a` is the better claim. Total: no two rows are equal. */
function compare(a: Claim, b: Claim): number {
  if (a.tier !== b.tier) return a.tier - b.tier;
  if (a.rank !== b.rank) return a.rank - b.rank;
  const kept = Number(a.state?.kind === 'KEPT') - Number(b.state?.kind === 'KEPT');
  if (kept !== 0) return kept;
  const [x, y] = [a.row, b.row];
  if (x.worldTime !== y.worldTime) return x.worldTime > y.worldTime ? -1 : 1;
  if (x.source !== y.source) {
    if (x.recordedAt !== y.recordedAt) return y.recordedAt - x.recordedAt;
    return x.source < y.source ? -1 : 1;
  }
  if (x.stream !== y.stream) return x.stream - y.stream;
  if (x.key !== y.key) return x.key > y.key ? -1 : 1;
  return x.part < y.part ? -1 : 1;
}

/** Sources differ when their best full values do not agree with the chosen one. */
function conflictOf(field: GoldenField, best: Claim, claims: readonly Claim[]): Conflict | null {
  if (!claims.some((claim) => claim.tier === 0 && claim.value !== best.value)) return null;
  const bySource = new Map<string, Claim>();
  for (const claim of claims) {
    if (claim.tier !== 0) continue;
    const known = bySource.get(claim.row.source);
    if (!known || compare(claim, known) < 0) bySource.set(claim.row.source, claim);
  }
  const others = [...bySource.values()].filter((claim) => claim.row.source !== best.row.source).sort(compare);
  const against = others.filter((claim) => !field.agree(best.value!, claim.value!));
  if (against.length === 0) return null;
  return {
    field: field.name,
    reason: against.some((claim) => claim.rank === best.rank) ? 'freshness' : 'authority',
    rows: [best.row, ...others.map((claim) => claim.row)],
  };
}

export const pointerOf = (row: Candidate): Pointer => [row.stream, row.key, row.part, row.run];

/** `field → [stream, key, part, run]` as compact JSON, in the order of the fields; a kept value points to its own run. */
export function provenanceText(fields: readonly GoldenField[], golden: Golden): string {
  const entries: string[] = [];
  fields.forEach((field, index) => {
    const row = golden.chosen[index];
    if (!row) return;
    const state = golden.states[field.name];
    const run = state?.kind === 'KEPT' ? state.run : row.run;
    entries.push(`${JSON.stringify(field.name)}:${JSON.stringify([row.stream, row.key, row.part, run])}`);
  });
  return `{${entries.join(',')}}`;
}
