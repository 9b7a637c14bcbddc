import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { type EntityName, GRAPHQL_FIELDS, GRAPHQL_SCALARS } from '../../../standard/index.js';

/** Fields of an entity that stand in the graph, in order; keys that only join records do not. */
export function servedFields(entity: EntityName): string[] {
  let names = fieldNames.get(entity);
  if (!names) {
    names = [...GRAPHQL_FIELDS[entity].matchAll(/^ {2}(\w+):/gm)].map((match) => match[1]!);
    fieldNames.set(entity, names);
  }
  return names;
}
const fieldNames = new Map<EntityName, string[]>();

/** Federation v2, as every subgraph of the house links it. */
export const LINK_SDL = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
`;

/** What every subgraph that serves records declares; value types are shared, as Federation v2 wants it said. */
export const COMMON_SDL = `
${GRAPHQL_SCALARS}
scalar DateTime

"""值的来源 · Where a value comes from"""
type Provenance @shareable {
  field: String!
  "Null for every resident where the purpose hides a kind of records: that a register knows him would tell of them"
  source: String
  adapterVersion: String
  mappingVersion: String
  "When the run that wrote the value read it"
  observedAt: DateTime
  "When the value was certainly the source's"
  asOf: DateTime
  state: ValueState!
}

enum ValueState {
  VALUE
  EMPTY
  ABSENT
  MASKED_AT_SOURCE
  PLACEHOLDER
  SOURCE_UNAVAILABLE
}
`;

export const PAGE_SDL = `
type PageInfo @shareable {
  hasNextPage: Boolean!
  hasPreviousPage: Boolean!
  startCursor: String
  endCursor: String
}
`;

/** A connection type with its edge. */
export const connectionSdl = (node: string): string => `
type ${node}Connection {
  edges: [${node}Edge!]!
  nodes: [${node}!]!
  pageInfo: PageInfo!
  "Counted only when asked for, and only up to a cap"
  totalCount: Int!
  totalCountCapped: Boolean!
}

type ${node}Edge {
  cursor: String!
  node: ${node}!
}
`;

const PARTIAL_DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

const partialDate = (value: unknown): string => {
  if (typeof value === 'string' && PARTIAL_DATE.test(value)) return value;
  throw new GraphQLError('PartialDate: YYYY, YYYY-MM or YYYY-MM-DD', { extensions: { code: 'BAD_USER_INPUT' } });
};

/** Resolvers of the scalars that `COMMON_SDL` declares. */
export const SCALARS = {
  PartialDate: new GraphQLScalarType({
    name: 'PartialDate',
    serialize: partialDate,
    parseValue: partialDate,
    parseLiteral: (node) => partialDate(node.kind === Kind.STRING ? node.value : null),
  }),
  DateTime: dateTime(),
};

/** An instant, served in UTC; read as any ISO 8601 time with an offset. */
export function dateTime(): GraphQLScalarType {
  const read = (value: unknown): Date => {
    const time = typeof value === 'string' && /T.*(Z|[+-]\d\d:\d\d)$/.test(value) ? new Date(value) : null;
    if (time && !Number.isNaN(time.getTime())) return time;
    throw new GraphQLError('DateTime: ISO 8601 with an offset', { extensions: { code: 'BAD_USER_INPUT' } });
  };
  return new GraphQLScalarType({
    name: 'DateTime',
    serialize: (value) => (value instanceof Date ? value.toISOString() : value),
    parseValue: read,
    parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : null),
  });
}
