import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { type DocumentNode, type ExecutionResult, parse } from 'graphql';
import { type FederatedExecutor, type Subgraphs, supergraphSchema } from './federated-executor.js';
import { fieldOwners } from './field-owners.js';
import type { OperationContext } from './operation-context.js';

interface HiveRequest {
  document: DocumentNode;
  operationName?: string;
  variables?: Record<string, unknown>;
  context: OperationContext;
}

/**
 * Plans with the Rust planner of Hive Router and runs the plan with its JavaScript runtime. Plans are cached by the
 * document object, and each fetch's document is parsed once per plan, so a repeated operation parses nothing.
 * @throws when the native planner does not load.
 */
export async function hiveExecutor(supergraphSdl: string, subgraphs: Subgraphs): Promise<FederatedExecutor> {
  const onSubgraphExecute = (name: string, request: HiveRequest): Promise<ExecutionResult> => {
    const subgraph = subgraphs.get(name);
    if (!subgraph) throw new Error(`the plan names an unknown subgraph ${name}`);
    return subgraph.execute(request, request.context);
  };
  const handler = await unifiedGraphHandler({
    unifiedGraph: supergraphSchema(supergraphSdl),
    getUnifiedGraphSDL: () => supergraphSdl,
    onSubgraphExecute: onSubgraphExecute as never,
  });
  return {
    kind: 'hive',
    owners: fieldOwners(parse(supergraphSdl, { noLocation: true })),
    apiSchema: handler.unifiedGraph,
    execute: async ({ document, operationName, variables }, context) =>
      (await handler.executor!({
        document,
        variables,
        context,
        ...(operationName !== undefined && { operationName }),
      } as never)) as ExecutionResult,
  };
}
