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

/**
 * Makes the executor. `auto` takes hive and falls back to stitching where its native planner does not load (it needs
 * glibc ≥ 2.30); a forced choice never falls back.
 */
export async function makeExecutor(
  choice: ExecutorChoice,
  supergraphSdl: string,
  subgraphs: Subgraphs,
): Promise<FederatedExecutor> {
  // Imported when needed: the runtime of the one not chosen costs a second of start-up.
  const stitching = async (): Promise<FederatedExecutor> =>
    (await import('./executor-stitching.js')).stitchingExecutor(supergraphSdl, subgraphs);
  const hive = async (): Promise<FederatedExecutor> =>
    (await import('./executor-hive.js')).hiveExecutor(supergraphSdl, subgraphs);
  if (choice === 'stitching') return stitching();
  if (choice === 'hive') return hive();
  return (await plannerLoads()) ? hive() : stitching();
}

/** True when the native query planner can be loaded on this machine. */
export async function plannerLoads(): Promise<boolean> {
  try {
    await import('@graphql-hive/router-query-planner');
    return true;
  } catch {
    return false;
  }
}
