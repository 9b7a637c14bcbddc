import { filterInternalFieldsAndTypes, getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { execute, type DocumentNode, type ExecutionResult, parse } from 'graphql';
import type { FederatedExecutor, Subgraphs } from './federated-executor.js';
import { fieldOwners, subgraphNames } from './field-owners.js';
import type { OperationContext } from './operation-context.js';

interface StitchingRequest {
  document: DocumentNode;
  operationName?: string;
  variables?: Record<string, unknown>;
  context?: OperationContext;
}

/** Runs the supergraph by schema stitching, in plain JavaScript: for machines the native planner does not load on. */
export async function stitchingExecutor(supergraphSdl: string, subgraphs: Subgraphs): Promise<FederatedExecutor> {
  const document = parse(supergraphSdl, { noLocation: true });
  // The stitching library names a subgraph by its value of the enum `join__Graph`.
  const names = subgraphNames(document);
  const schema = getStitchedSchemaFromSupergraphSdl({
    supergraphSdl: document,
    batch: true,
    onSubschemaConfig: (config) => {
      const subgraph = subgraphs.get(names.get(config.name) ?? config.name);
      if (!subgraph) throw new Error(`the supergraph names an unknown subgraph ${config.name}`);
      config.executor = ((request: StitchingRequest) => subgraph.execute(request, request.context!)) as never;
    },
  });
  return {
    kind: 'stitching',
    owners: fieldOwners(document),
    apiSchema: filterInternalFieldsAndTypes(schema),
    execute: async ({ document: operation, operationName, variables }, contextValue): Promise<ExecutionResult> =>
      execute({ schema, document: operation, operationName, variableValues: variables, contextValue }),
  };
}
