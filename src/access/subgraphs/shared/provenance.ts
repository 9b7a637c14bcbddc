import type { FieldPlan } from '../../../governance/policy/index.js';
import type { DisclosureState } from '../../graph/index.js';
import { stateOf } from './disclosed.js';
import { discloseHidden, hiddenOrigins } from './hidden-origins.js';
import type { Operation } from './operation.js';
import { runFacts } from './runs.js';
import { servedFields } from './sdl.js';
import type { Served } from './served.js';

export interface Provenance {
  field: string;
  /** Null, like version and times, where the plan hides where residents come from. */
  source: string | null;
  adapterVersion: string | null;
  mappingVersion: string | null;
  observedAt: string | null;
  asOf: string | null;
  state: DisclosureState;
}

/** Where each field comes from that the plan lets be read; fields that no source gave are left out. */
export async function provenanceOf(operation: Operation, plan: FieldPlan, served: Served): Promise<Provenance[]> {
  const fields = servedFields(served.entity).filter((field) => plan.reads(field));
  const entries = await Promise.all(fields.map((field) => entry(operation, served, field)));
  const told = entries.filter((one): one is Provenance => one !== null);
  if (served.entity !== 'Person') return told;
  const hidden = await hiddenOrigins(operation);
  if (hidden.kinds.length === 0) return told;
  discloseHidden(operation, hidden, { id: served.id, field: 'provenance' });
  return told.map(({ field, state }) => ({ ...NAMELESS, field, state }));
}

const NAMELESS = { source: null, adapterVersion: null, mappingVersion: null, observedAt: null, asOf: null };

async function entry(operation: Operation, served: Served, field: string): Promise<Provenance | null> {
  const source = served.sourceOf(field);
  if (!source) return null;
  const [stored, run] = await Promise.all([served.stored(operation, field), runFacts(operation, source.run)]);
  const state = stateOf(stored);
  if (state === 'ABSENT' || state === 'SOURCE_UNAVAILABLE') return null;
  return {
    field,
    source: source.origin.source,
    adapterVersion: run?.adapterVersion ?? null,
    mappingVersion: run?.mappingVersion ?? null,
    observedAt: run?.startedAt?.toISOString() ?? null,
    asOf: stored.asOf?.toISOString() ?? null,
    state,
  };
}
