import type { GraphContext, Representation, SubgraphClass } from '../../graph/index.js';

export type Resolvers = ReturnType<SubgraphClass['resolvers']>;
/** A resolver of a field without arguments. */
export type FieldOf<P, R> = (parent: P, args: unknown, context: GraphContext) => R;

/** A resident as other subgraphs know him: only his id. */
export interface ResidentRef {
  __typename: 'Resident';
  id: string;
}

export const residentRef = (id: string | null | undefined): ResidentRef | null =>
  id ? { __typename: 'Resident', id } : null;

/** Entities of another subgraph that this one only adds fields to: taken at their word, in order. */
export const stubs = (references: readonly Representation[]): { __typename: string; id: string }[] =>
  references.map(({ __typename, id }) => ({ __typename, id: String(id) }));
