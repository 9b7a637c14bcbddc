import { DiscoveryService } from '@nestjs/core';
import type { GraphQLResolveInfo, GraphQLScalarType } from 'graphql';
import type { GraphContext } from './graph-context.js';

/** One domain's part of the graph. `typeDefs` is Federation v2 SDL and links the federation spec itself. */
export interface SubgraphDefinition {
  /** The domain: `residents`, `telecom`, … */
  name: string;
  typeDefs: string;
  /**
   * Its resolvers ask sources over the network. They read through `context.locally` and call through
   * `context.remotely`, so that no transaction of the operation waits on a network.
   */
  network?: boolean;
}

/** What the planner hands over for an entity: its type and the key fields. */
export type Representation = { readonly __typename: string } & Readonly<Record<string, unknown>>;

// Resolvers of different fields have unlike parents and arguments; each narrows its own.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Resolver = (parent: any, args: any, context: GraphContext, info: GraphQLResolveInfo) => unknown;

/**
 * All entities of one type that a fetch asks for, at once. The answer is aligned with the representations: one
 * object each, null for one that does not exist.
 */
export type ReferencesResolver = (
  representations: readonly Representation[],
  context: GraphContext,
) => readonly unknown[] | Promise<readonly unknown[]>;

export interface TypeResolvers {
  [field: string]: Resolver | ReferencesResolver | { [value: string]: unknown } | undefined;
  __resolveReferences?: ReferencesResolver;
}
export type ResolverMap = Record<string, TypeResolvers | GraphQLScalarType>;

/** A subgraph is a provider with this shape under `@Subgraph({name, typeDefs})`. */
export interface SubgraphClass {
  resolvers(): ResolverMap;
}

/** Marks a provider as a subgraph; the graph module finds it by this. */
export const Subgraph = DiscoveryService.createDecorator<SubgraphDefinition>();
