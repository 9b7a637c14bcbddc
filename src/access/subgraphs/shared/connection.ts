import { COUNT_CAP, fromCursor, type PageArgs, pageSize, toCursor } from './cursor.js';

/** A Relay connection (GraphQL Cursor Connections) with `nodes`; counts run only when they are asked for. */
export interface Connection<N> {
  edges: { cursor: string; node: N }[];
  nodes: N[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: () => Promise<number>;
  totalCountCapped: () => Promise<boolean>;
}

export interface ListOf<N> {
  /** Name of the list, part of its cursors. */
  kind: string;
  /** What a key of the list looks like. */
  keyShape: RegExp;
  keyOf: (node: N) => string;
  /** At most `limit` nodes that come after `after`, in key order. */
  page: (after: string | null, limit: number) => Promise<N[]>;
  /** Told of the nodes that the page gives out (not of the one beyond it), for the evidence. */
  onServed?: (nodes: N[]) => void | Promise<void>;
  /** Counts up to `limit`. */
  count: (limit: number) => Promise<number>;
}

/** One page of a keyset-ordered list: one row more than asked for tells whether there is a next page. */
export async function connection<N>(list: ListOf<N>, args: PageArgs): Promise<Connection<N>> {
  const size = pageSize(args);
  const after = args.after ? fromCursor(list.kind, args.after, list.keyShape) : null;
  const found = await list.page(after, size + 1);
  const nodes = found.slice(0, size);
  await list.onServed?.(nodes);
  const edges = nodes.map((node) => ({ cursor: toCursor(list.kind, list.keyOf(node)), node }));
  let counted: Promise<number> | undefined;
  const count = (): Promise<number> => (counted ??= list.count(COUNT_CAP + 1));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: found.length > size,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: async () => Math.min(await count(), COUNT_CAP),
    totalCountCapped: async () => (await count()) > COUNT_CAP,
  };
}
