import { Inject } from '@nestjs/common';
import { UsageError } from '../../../platform/kernel/index.js';
import { identifierIndex } from '../../../pipeline/store/index.js';
import { normaliseCitizenId } from '../../../standard/index.js';
import { type GraphContext, type Representation, Subgraph, type SubgraphClass } from '../../graph/index.js';
import { connection, type Connection } from '../shared/connection.js';
import { isUuid, type PageArgs, UUID } from '../shared/cursor.js';
import { entityResolvers } from '../shared/entity-resolvers.js';
import { discloseHidden, hiddenOrigins } from '../shared/hidden-origins.js';
import { goldenById, goldenCount, goldenPage } from '../shared/golden.repository.js';
import { SubgraphKit } from '../shared/kit.js';
import { type Operation, operationOf } from '../shared/operation.js';
import { SCALARS } from '../shared/sdl.js';
import type { Resolvers } from '../shared/subgraph-types.js';
import { type Conflict, conflictsOf } from './conflicts.repository.js';
import { resolveHistory } from './history.js';
import { LINK_CONTROL, type LinkControl } from './link-control.js';
import { linkMutations, linksOf } from './links.js';
import type { Resident } from './resident.js';
import { conditionsOf, type ResidentFilter } from './resident-filter.js';
import { residentsSdl } from './residents.graphql.js';
import { RESIDENTS, residentsByIdNumber, survivorOf } from './residents.repository.js';

type Args = PageArgs & { filter?: ResidentFilter | null };

@Subgraph({ name: 'residents', typeDefs: residentsSdl })
export class ResidentsSubgraph implements SubgraphClass {
  constructor(
    private readonly kit: SubgraphKit,
    @Inject(LINK_CONTROL) private readonly links: LinkControl,
  ) {}

  resolvers(): Resolvers {
    const op = (context: GraphContext): Operation => operationOf(context, this.kit);
    return {
      ...SCALARS,
      Query: {
        residents: (_: unknown, args: Args, context: GraphContext) => listResidents(op(context), args),
        resident: (_: unknown, { id }: { id: string }, context: GraphContext) => residentById(op(context), id),
        residentByIdNumber: (_: unknown, { idNumber }: { idNumber: string }, context: GraphContext) =>
          residentByIdNumber(op(context), idNumber),
        residentLinks: (_: unknown, { resident }: { resident: string }, context: GraphContext) =>
          linksOf(context, resident),
      },
      Mutation: linkMutations(this.links),
      Resident: {
        ...entityResolvers(this.kit, 'Person'),
        conflicts: (resident: Resident, _: unknown, context: GraphContext) =>
          resolveConflicts(op(context), resident.id),
        history: (resident: Resident, _: unknown, context: GraphContext) => resolveHistory(op(context), resident.id),
        __resolveReferences: async (references: readonly Representation[], context: GraphContext) => {
          const ids = references.map(({ id }) => String(id));
          const found = await goldenById(op(context), RESIDENTS, ids.filter(isUuid));
          return ids.map((id) => found.get(id) ?? null);
        },
      },
    };
  }
}

async function resolveConflicts(operation: Operation, id: string): Promise<Conflict[]> {
  const hidden = await hiddenOrigins(operation);
  if (hidden.kinds.length > 0) discloseHidden(operation, hidden, { id, field: 'conflicts' });
  return (await operation.load('conflicts', id, (ids) => conflictsOf(operation, ids))) ?? [];
}

async function listResidents(operation: Operation, { filter, ...args }: Args): Promise<Connection<Resident>> {
  const conditions = () => conditionsOf(operation.plan('Person'), filter ?? {});
  conditions();
  return connection(
    {
      kind: 'resident',
      keyShape: UUID,
      keyOf: ({ id }) => id,
      page: (after, limit) => goldenPage(operation, RESIDENTS, conditions(), after, limit),
      onServed: (residents) => residents.forEach(({ id }) => operation.context.subject(id)),
      count: (limit) => goldenCount(operation, RESIDENTS, conditions(), limit),
    },
    args,
  );
}

/** A resident by his id; by the id of one who was merged, his survivor. */
async function residentById(operation: Operation, id: string): Promise<Resident | null> {
  if (!isUuid(id)) return null;
  const found = (await goldenById(operation, RESIDENTS, [id])).get(id);
  if (found) return found;
  const survivor = await survivorOf(operation, id);
  return survivor === null ? null : ((await goldenById(operation, RESIDENTS, [survivor])).get(survivor) ?? null);
}

/**
 * @throws UsageError ID_NUMBER_UNREADABLE for text that cannot be a number; ForbiddenError FIELD_WITHHELD;
 * UsageError ID_NUMBER_SHARED where the number was given to several residents (an ordinary event): which one is
 * meant must be asked by name.
 */
async function residentByIdNumber(operation: Operation, idNumber: string): Promise<Resident | null> {
  operation.plan('Person').requireFilter('idNumber', true);
  const number = normaliseCitizenId(idNumber);
  if (number.id18 === undefined) throw new UsageError('ID_NUMBER_UNREADABLE');
  const found = await residentsByIdNumber(operation, identifierIndex(operation.kit.keyring, number.id18));
  if (found.length > 1) throw new UsageError('ID_NUMBER_SHARED');
  return found.length === 1 ? residentById(operation, found[0]!) : null;
}
