import { buildASTSchema, type DocumentNode, type ExecutionResult, type GraphQLSchema, parse } from 'graphql';
import type { FieldOwners } from './field-owners.js';
import type { OperationContext } from './operation-context.js';
import type { SubgraphEndpoint } from './subgraph-endpoint.js';

/** A validated operation with coerced-checked variables. */
export interface FederatedOperation {
  /** The same object for the same text: plans are cached by it. */
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

/** The one seam between the graph and whatever plans and runs federated operations. */
export interface FederatedExecutor {
  readonly kind: ExecutorKind;
  /** What clients see: no join types, no `_entities`, no `_service`. */
  readonly apiSchema: GraphQLSchema;
  /** Who answers which field; an absent subgraph's fields are named by it. */
  readonly owners: FieldOwners;
  execute(operation: FederatedOperation, context: OperationContext): Promise<ExecutionResult>;
}

export type ExecutorKind = 'hive' | 'stitching';
export type ExecutorChoice = 'auto' | ExecutorKind;

export type Subgraphs = ReadonlyMap<string, SubgraphEndpoint>;

/** The supergraph as a schema with its join directives in place. */
export const supergraphSchema = (supergraphSdl: string): GraphQLSchema =>
  buildASTSchema(parse(supergraphSdl, { noLocation: true }), { assumeValid: true, assumeValidSDL: true });
