import type { FieldPlan } from '../../../governance/policy/index.js';
import type { DisclosureState } from '../../graph/index.js';
import { stateOf } from './disclosed.js';
import type { Operation } from './operation.js';
import { runFacts } from './runs.js';
import { servedFields } from './sdl.js';
import type { Served } from './served.js';

export interface Provenance {
  field: string;
  source: string;
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
  return entries.filter((one): one is Provenance => one !== null);
}

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
