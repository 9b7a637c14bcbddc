import { ENTITIES, type EntityName, type FieldSpec } from '../../../standard/index.js';
import { disclose } from './disclosed.js';
import type { GraphContext } from '../../graph/index.js';
import type { SubgraphKit } from './kit.js';
import { operationOf } from './operation.js';
import { type Provenance, provenanceOf } from './provenance.js';
import { servedFields } from './sdl.js';
import type { Served } from './served.js';

type FieldResolver = (served: Served, args: unknown, context: GraphContext) => unknown;

/** The resolvers of every field of an entity, and of `provenance`: value, plan and disclosure in one place. */
export function entityResolvers(kit: SubgraphKit, entity: EntityName): Record<string, FieldResolver> {
  const specs = new Map(ENTITIES[entity].fields.map((spec) => [spec.name, spec]));
  const fields = servedFields(entity).map((name): [string, FieldResolver] => [
    name,
    fieldResolver(kit, specs.get(name)!),
  ]);
  return { ...Object.fromEntries(fields), provenance: provenance(kit) };
}

const provenance =
  (kit: SubgraphKit) =>
  (served: Served, _args: unknown, context: GraphContext): Promise<Provenance[]> => {
    const operation = operationOf(context, kit);
    return provenanceOf(operation, operation.plan(served.entity), served);
  };

function fieldResolver(kit: SubgraphKit, spec: FieldSpec): FieldResolver {
  return async (served, _args, context) => {
    const operation = operationOf(context, kit);
    const plan = operation.plan(served.entity);
    const decision = plan.of(spec.name);
    // What the plan withholds is not even fetched: identifiers would be opened for nothing.
    const stored = plan.reads(spec.name) ? await served.stored(operation, spec.name) : NOTHING;
    const { value, entry } = disclose(spec, decision, stored);
    if (entry) context.disclose({ type: served.__typename, id: served.id, field: spec.name, ...entry });
    return value;
  };
}

const NOTHING = { value: null, exception: null, stale: false, unavailable: false, asOf: null };
