import {
  buildCatalogue,
  searchCatalogue,
  type DataItem,
  type DataResource,
  type Found,
  type ResourceClass,
} from '../../../governance/registry/index.js';
import { readProviding } from '../../../pipeline/lineage/index.js';
import type { Level, ShareType } from '../../../standard/index.js';
import { type GraphContext, Subgraph, type SubgraphClass } from '../../graph/index.js';
import { connection } from '../shared/connection.js';
import type { PageArgs } from '../shared/cursor.js';
import { dateTime } from '../shared/sdl.js';
import type { Resolvers } from '../shared/subgraph-types.js';
import { catalogueSdl } from './catalogue.graphql.js';

interface FilterInput {
  text?: string | null;
  level?: `L${Level}` | null;
  shareType?: Uppercase<ShareType> | null;
  steward?: string | null;
  class?: ResourceClass | null;
}
type Args = PageArgs & { filter?: FilterInput | null };

/** `101001/000001`, `101001/000001@police`. */
const CODE = /^\d{6}\/\d{6}(@[a-z0-9-]+)?$/;

@Subgraph({ name: 'catalogue', typeDefs: catalogueSdl })
export class CatalogueSubgraph implements SubgraphClass {
  resolvers(): Resolvers {
    return {
      DateTime: dateTime(),
      Query: {
        catalogue: async (_: unknown, args: Args, context: GraphContext) => list(await catalogueOf(context), args),
        dataResource: async (_: unknown, { code }: { code: string }, context: GraphContext) => {
          const resource = (await catalogueOf(context)).find((one) => one.code === code);
          return resource ? served({ resource, matches: resource.items }) : null;
        },
      },
    };
  }
}

/** The catalogue as it stands, read once an operation. */
const catalogueOf = (context: GraphContext): Promise<DataResource[]> =>
  context.memo('catalogue', async () => buildCatalogue(await readProviding(context.tx, context.time)));

function list(catalogue: readonly DataResource[], { filter, ...page }: Args) {
  const shareType = filter?.shareType?.toLowerCase() as ShareType | undefined;
  const level = filter?.level ? (Number(filter.level[1]) as Level) : null;
  const found = searchCatalogue(catalogue, { ...filter, level, shareType }).map(served);
  return connection<ReturnType<typeof served>>(
    {
      kind: 'catalogue',
      keyShape: CODE,
      keyOf: ({ code }) => code,
      page: async (after, limit) => found.filter(({ code }) => after === null || code > after).slice(0, limit),
      count: async (limit) => Math.min(found.length, limit),
    },
    page,
  );
}

/** In the words of the graph. */
const served = ({ resource, matches }: Found) => ({
  ...resource,
  level: `L${resource.level}`,
  shareType: resource.shareType.toUpperCase(),
  shareCondition: `${resource.shareCondition.zh} · ${resource.shareCondition.en}`,
  openCondition: `${resource.openCondition.zh} · ${resource.openCondition.en}`,
  items: resource.items.map(servedItem),
  matches: matches.map(servedItem),
});

const servedItem = (item: DataItem) => ({
  ...item,
  level: `L${item.level}`,
  shareType: item.shareType.toUpperCase(),
});
