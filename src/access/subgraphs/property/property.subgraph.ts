import { type GraphContext, type Representation, Subgraph, type SubgraphClass } from '../../graph/index.js';
import { connection, type Connection } from '../shared/connection.js';
import { isUuid, type PageArgs, UUID } from '../shared/cursor.js';
import { entityResolvers } from '../shared/entity-resolvers.js';
import { goldenById, goldenCount, goldenPage } from '../shared/golden.repository.js';
import { SubgraphKit } from '../shared/kit.js';
import { recordList } from '../shared/lists.js';
import { type Operation, operationOf } from '../shared/operation.js';
import { readRecords } from '../shared/records.repository.js';
import { recordsOfResident } from '../shared/resident-records.js';
import { SCALARS } from '../shared/sdl.js';
import type { ServedGolden, ServedRecord } from '../shared/served.js';
import { residentRef, type Resolvers, stubs } from '../shared/subgraph-types.js';
import {
  dwellingConditions,
  type DwellingFilter,
  DWELLINGS,
  OCCUPANCIES_OF_DWELLING,
  OCCUPANCIES_OF_RESIDENT,
} from './dwellings.repository.js';
import { propertySdl } from './property.graphql.js';

type Args = PageArgs & { filter?: DwellingFilter | null };

@Subgraph({ name: 'property', typeDefs: propertySdl })
export class PropertySubgraph implements SubgraphClass {
  constructor(private readonly kit: SubgraphKit) {}

  resolvers(): Resolvers {
    const op = (context: GraphContext): Operation => operationOf(context, this.kit);
    return {
      ...SCALARS,
      Query: {
        dwelling: (_: unknown, { id }: { id: string }, context: GraphContext) => dwelling(op(context), id),
        dwellings: (_: unknown, args: Args, context: GraphContext) => listDwellings(op(context), args),
      },
      Dwelling: {
        ...entityResolvers(this.kit, 'Dwelling'),
        occupancies: ({ id }: ServedGolden, _: unknown, context: GraphContext) => occupancies(op(context), id),
        __resolveReferences: async (references: readonly Representation[], context: GraphContext) => {
          const ids = references.map(({ id }) => String(id));
          const found = await goldenById(op(context), DWELLINGS, ids.filter(isUuid));
          return ids.map((id) => found.get(id) ?? null);
        },
      },
      Resident: {
        occupancies: recordsOfResident(this.kit, 'occupancies', OCCUPANCIES_OF_RESIDENT),
        __resolveReferences: stubs,
      },
      PropertyOccupancy: {
        ...entityResolvers(this.kit, 'PropertyOccupancy'),
        dwelling: ({ links }: ServedRecord, _: unknown, context: GraphContext) =>
          links['dwelling'] && op(context).plan('PropertyOccupancy').reads('dwellingKey')
            ? dwelling(op(context), links['dwelling'])
            : null,
        resident: ({ links }: ServedRecord) => residentRef(links['resident']),
      },
    };
  }
}

const dwelling = async (operation: Operation, id: string): Promise<ServedGolden | null> =>
  isUuid(id) ? ((await operation.load('dwelling', id, (ids) => goldenById(operation, DWELLINGS, ids))) ?? null) : null;

const occupancies = (operation: Operation, id: string): Promise<ServedRecord[] | null> =>
  recordList(operation, { type: 'Dwelling', id, field: 'occupancies' }, 'PropertyOccupancy', () =>
    operation.load('occupancies-of-dwelling', id, (ids) => readRecords(operation, OCCUPANCIES_OF_DWELLING, ids)),
  );

async function listDwellings(operation: Operation, { filter, ...args }: Args): Promise<Connection<ServedGolden>> {
  const conditions = () => dwellingConditions(operation.plan('Dwelling'), filter ?? {});
  conditions();
  return connection(
    {
      kind: 'dwelling',
      keyShape: UUID,
      keyOf: ({ id }) => id,
      page: (after, limit) => goldenPage(operation, DWELLINGS, conditions(), after, limit),
      count: (limit) => goldenCount(operation, DWELLINGS, conditions(), limit),
    },
    args,
  );
}
