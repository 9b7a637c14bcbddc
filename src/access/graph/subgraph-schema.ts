import { makeExecutableSchema } from '@graphql-tools/schema';
import {
  concatAST,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  GraphQLScalarType,
  isObjectType,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';
import type { GraphContext } from './graph-context.js';
import { federationNames, preludeFor } from './federation-prelude.js';
import type { ReferencesResolver, Representation, ResolverMap, TypeResolvers } from './subgraph.decorator.js';

/** Names of the object types that carry a resolvable `@key`. */
export function entityNames(document: DocumentNode): string[] {
  const key = federationNames(document).directive('key');
  const found = new Set<string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    const keys = (definition.directives ?? []).filter((directive) => directive.name.value === key);
    const resolvable = keys.some(
      (directive) =>
        !directive.arguments?.some(
          ({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
        ),
    );
    if (resolvable) found.add(definition.name.value);
  }
  return [...found];
}

const isRepresentation = (value: unknown): value is Representation =>
  typeof value === 'object' && value !== null && typeof (value as Representation).__typename === 'string';

/** Type of an object that `_entities` returned; repositories need not put `__typename` on their rows. */
const typeOf = new WeakMap<object, string>();

/** One call for all references of a type. What fails is answered in place, so other types keep their answers. */
async function together(
  resolve: ReferencesResolver,
  type: string,
  asked: readonly Representation[],
  context: GraphContext,
): Promise<readonly unknown[]> {
  try {
    const found = await resolve(asked, context);
    if (found.length !== asked.length) throw new Error(`${type}.__resolveReferences answered out of step`);
    return found;
  } catch (error) {
    return asked.map(() => error);
  }
}

async function resolveEntities(
  references: ReadonlyMap<string, ReferencesResolver>,
  representations: readonly unknown[],
  context: GraphContext,
): Promise<unknown[]> {
  const places = new Map<string, number[]>();
  representations.forEach((representation, place) => {
    if (!isRepresentation(representation)) throw new GraphQLError('a representation has no __typename');
    const type = representation.__typename;
    if (!references.has(type)) throw new GraphQLError(`${type} is not an entity of this subgraph`);
    places.set(type, [...(places.get(type) ?? []), place]);
  });
  const answers: unknown[] = new Array<unknown>(representations.length).fill(null);
  await Promise.all(
    [...places].map(async ([type, at]) => {
      const asked = at.map((place) => representations[place] as Representation);
      const found = await together(references.get(type)!, type, asked, context);
      found.forEach((entity, index) => {
        if (typeof entity === 'object' && entity !== null) typeOf.set(entity, type);
        answers[at[index]!] = entity ?? null;
      });
    }),
  );
  return answers;
}

const BASE_OF: Partial<Record<Kind, Kind>> = {
  [Kind.OBJECT_TYPE_EXTENSION]: Kind.OBJECT_TYPE_DEFINITION,
  [Kind.INTERFACE_TYPE_EXTENSION]: Kind.INTERFACE_TYPE_DEFINITION,
  [Kind.UNION_TYPE_EXTENSION]: Kind.UNION_TYPE_DEFINITION,
  [Kind.ENUM_TYPE_EXTENSION]: Kind.ENUM_TYPE_DEFINITION,
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: Kind.INPUT_OBJECT_TYPE_DEFINITION,
  [Kind.SCALAR_TYPE_EXTENSION]: Kind.SCALAR_TYPE_DEFINITION,
};

/** In a subgraph a type may be extended that only another subgraph defines; graphql-js wants a definition. */
function withBases(document: DocumentNode): DocumentNode {
  const nameOf = (one: DocumentNode['definitions'][number]): string =>
    'name' in one && one.name ? one.name.value : '';
  const bases = new Set(Object.values(BASE_OF));
  const defined = new Set(document.definitions.filter((one) => bases.has(one.kind)).map(nameOf));
  return {
    ...document,
    definitions: document.definitions.map((one) => {
      const base = BASE_OF[one.kind];
      if (!base || defined.has(nameOf(one))) return one;
      defined.add(nameOf(one));
      return { ...one, kind: base } as typeof one;
    }),
  };
}

const anyScalar = new GraphQLScalarType({
  name: '_Any',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

/**
 * Makes a Federation v2 subgraph executable: directive prelude, `_Any`, `_Entity`, `_service` and `_entities` exactly
 * as the subgraph specification asks. Needs no @apollo/subgraph (Elastic-2.0 internals, one reference at a time).
 *
 * @throws Error when the SDL is invalid, a resolver names an unknown field, or an entity has no `__resolveReferences`.
 */
export function buildSubgraphSchema(name: string, typeDefs: string, resolvers: ResolverMap): GraphQLSchema {
  const document = parse(typeDefs, { noLocation: true });
  const entities = entityNames(document);
  const references = new Map<string, ReferencesResolver>();
  const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [type, map] of Object.entries(resolvers)) {
    if (map instanceof GraphQLScalarType) fields[type] = map;
    else {
      const { __resolveReferences, ...rest } = map as TypeResolvers;
      if (__resolveReferences) references.set(type, __resolveReferences);
      fields[type] = rest;
    }
  }
  for (const entity of entities) {
    if (!references.has(entity)) throw new Error(`subgraph ${name}: ${entity} has a @key but no __resolveReferences`);
  }
  fields['_Any'] = anyScalar;
  fields['Query'] = {
    ...(fields['Query'] as object | undefined),
    _service: () => ({ sdl: typeDefs }),
    ...(entities.length && {
      _entities: (_: unknown, { representations }: { representations: unknown[] }, context: GraphContext) =>
        resolveEntities(references, representations, context),
    }),
  };
  if (entities.length) {
    fields['_Entity'] = {
      __resolveType: (entity: { __typename?: string }) => typeOf.get(entity) ?? entity.__typename,
    };
  }
  const schema = makeExecutableSchema({
    typeDefs: withBases(concatAST([document, preludeFor(document, entities)])),
    resolvers: fields as never,
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
  if (!isObjectType(schema.getQueryType())) throw new Error(`subgraph ${name} has no Query type`);
  return schema;
}
