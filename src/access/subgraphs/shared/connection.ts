import { COUNT_CAP, fromCursor, type PageArgs, pageSize, toCursor } from './cursor.js';

/** A value, or how to come by it when it is asked for. */
type Lazy<T> = T | (() => Promise<T>);

interface PageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

/**
 * A Relay connection (GraphQL Cursor Connections) with `nodes`. The page is read only when something of it is asked
 * for, counts only when they are: who asks how many there are has read nobody.
 */
export interface Connection<N> {
  edges: Lazy<{ cursor: string; node: N }[]>;
  nodes: Lazy<N[]>;
  pageInfo: Lazy<PageInfo>;
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

/** A connection whose page is read when it is asked for. */
interface LazyConnection<N> extends Connection<N> {
  edges: () => Promise<{ cursor: string; node: N }[]>;
  nodes: () => Promise<N[]>;
  pageInfo: () => Promise<PageInfo>;
}

/** One page of a keyset-ordered list: one row more than asked for tells whether there is a next page. */
export async function connection<N>(list: ListOf<N>, args: PageArgs): Promise<LazyConnection<N>> {
  const size = pageSize(args);
  const after = args.after ? fromCursor(list.kind, args.after, list.keyShape) : null;
  const read = async (): Promise<{ edges: { cursor: string; node: N }[]; more: boolean }> => {
    const found = await list.page(after, size + 1);
    const nodes = found.slice(0, size);
    await list.onServed?.(nodes);
    const edges = nodes.map((node) => ({ cursor: toCursor(list.kind, list.keyOf(node)), node }));
    return { edges, more: found.length > size };
  };
  let reading: ReturnType<typeof read> | undefined;
  const page = (): ReturnType<typeof read> => (reading ??= read());
  let counted: Promise<number> | undefined;
  const count = (): Promise<number> => (counted ??= list.count(COUNT_CAP + 1));
  return {
    edges: async () => (await page()).edges,
    nodes: async () => (await page()).edges.map(({ node }) => node),
    pageInfo: async () => {
      const { edges, more } = await page();
      return {
        hasNextPage: more,
        hasPreviousPage: after !== null,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      };
    },
    totalCount: async () => Math.min(await count(), COUNT_CAP),
    totalCountCapped: async () => (await count()) > COUNT_CAP,
  };
}
