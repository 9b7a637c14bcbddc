import { type GraphContext, type Representation, Subgraph, type SubgraphClass } from '../../graph/index.js';
import { isUuid } from '../shared/cursor.js';
import { entityResolvers } from '../shared/entity-resolvers.js';
import { SubgraphKit } from '../shared/kit.js';
import { recordList, recordOne } from '../shared/lists.js';
import { type Operation, operationOf } from '../shared/operation.js';
import { readRecords } from '../shared/records.repository.js';
import { SCALARS } from '../shared/sdl.js';
import type { ServedGolden, ServedRecord } from '../shared/served.js';
import { residentRef, type ResidentRef, type Resolvers, stubs } from '../shared/subgraph-types.js';
import { householdSdl } from './household.graphql.js';
import { householdOf, householdsById, MEMBERS, REGISTRATION } from './households.repository.js';

@Subgraph({ name: 'household', typeDefs: householdSdl })
export class HouseholdSubgraph implements SubgraphClass {
  constructor(private readonly kit: SubgraphKit) {}

  resolvers(): Resolvers {
    const op = (context: GraphContext): Operation => operationOf(context, this.kit);
    return {
      ...SCALARS,
      Query: {
        household: (_: unknown, { id }: { id: string }, context: GraphContext) => household(op(context), id),
      },
      Household: {
        ...entityResolvers(this.kit, 'Household'),
        members: ({ id }: ServedGolden, _: unknown, context: GraphContext) => members(op(context), id),
        __resolveReferences: async (references: readonly Representation[], context: GraphContext) => {
          const ids = references.map(({ id }) => String(id));
          const found = await householdsById(op(context), ids.filter(isUuid));
          return ids.map((id) => found.get(id) ?? null);
        },
      },
      HouseholdMember: {
        ...entityResolvers(this.kit, 'HouseholdMember'),
        resident: ({ links }: ServedRecord) => residentRef(links['resident']),
      },
      Resident: {
        household: ({ id }: ResidentRef, _: unknown, context: GraphContext) => householdOfResident(op(context), id),
        registration: ({ id }: ResidentRef, _: unknown, context: GraphContext) => registration(op(context), id),
        __resolveReferences: stubs,
      },
      HouseholdRegistration: entityResolvers(this.kit, 'HouseholdRegistration'),
    };
  }
}

const household = async (operation: Operation, id: string): Promise<ServedGolden | null> =>
  isUuid(id) ? ((await operation.load('household', id, (ids) => householdsById(operation, ids))) ?? null) : null;

const members = (operation: Operation, id: string): Promise<ServedRecord[] | null> =>
  recordList(operation, { type: 'Household', id, field: 'members' }, 'HouseholdMember', () =>
    operation.load('members', id, (ids) => readRecords(operation, MEMBERS, ids)),
  );

const householdOfResident = (operation: Operation, id: string): Promise<ServedGolden | null> =>
  recordOne(operation, { type: 'Resident', id, field: 'household' }, 'HouseholdMember', async () => {
    if (!isUuid(id)) return null;
    operation.context.subject(id);
    const found = await operation.load('household-of', id, (ids) => householdOf(operation, ids));
    return found ? household(operation, found) : null;
  });

const registration = (operation: Operation, id: string): Promise<ServedRecord | null> =>
  recordOne(operation, { type: 'Resident', id, field: 'registration' }, 'HouseholdRegistration', async () => {
    if (!isUuid(id)) return null;
    operation.context.subject(id);
    return (await operation.load('registration', id, (ids) => readRecords(operation, REGISTRATION, ids)))?.[0];
  });
