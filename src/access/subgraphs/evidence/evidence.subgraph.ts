import { canonicalJson } from '../../../platform/kernel/index.js';
import { type AuditFilter, type AuditRow, auditRows, countAuditRows } from '../../../platform/ledger/index.js';
import { type GraphContext, Subgraph, type SubgraphClass } from '../../graph/index.js';
import type { Connection } from '../shared/connection.js';
import { COUNT_CAP, type PageArgs, pageSize } from '../shared/cursor.js';
import { dateTime } from '../shared/sdl.js';
import type { Resolvers } from '../shared/subgraph-types.js';
import { evidenceSdl } from './evidence.graphql.js';

type FilterInput = { [name in keyof AuditFilter]: AuditFilter[name] | null };
type Args = PageArgs & { filter?: FilterInput | null };

@Subgraph({ name: 'evidence', typeDefs: evidenceSdl })
export class EvidenceSubgraph implements SubgraphClass {
  resolvers(): Resolvers {
    return {
      DateTime: dateTime(),
      Query: {
        auditRows: (_: unknown, args: Args, { tx }: GraphContext) => listAuditRows(tx, args),
      },
      AuditRow: {
        case: ({ caseNo }: AuditRow) => caseNo,
        body: ({ body }: AuditRow) => canonicalJson(body),
      },
    };
  }
}

/** The ledger keeps its own order and cursors (time and id); this only gives them a connection's shape. */
async function listAuditRows(tx: GraphContext['tx'], args: Args): Promise<Connection<AuditRow>> {
  const filter: AuditFilter = Object.fromEntries(
    Object.entries(args.filter ?? {}).filter(([, value]) => value != null),
  );
  const { rows, hasNextPage } = await auditRows(tx, { first: pageSize(args), after: args.after ?? null, filter });
  let counted: Promise<number> | undefined;
  const count = (): Promise<number> => (counted ??= countAuditRows(tx, filter, COUNT_CAP + 1));
  return {
    edges: rows.map((node) => ({ cursor: node.cursor, node })),
    nodes: rows,
    pageInfo: {
      hasNextPage,
      hasPreviousPage: args.after != null,
      startCursor: rows[0]?.cursor ?? null,
      endCursor: rows.at(-1)?.cursor ?? null,
    },
    totalCount: async () => Math.min(await count(), COUNT_CAP),
    totalCountCapped: async () => (await count()) > COUNT_CAP,
  };
}
