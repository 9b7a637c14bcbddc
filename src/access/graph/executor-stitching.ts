import { filterInternalFieldsAndTypes, getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { execute, type DocumentNode, type ExecutionResult, Kind, parse } from 'graphql';
import type { FederatedExecutor, Subgraphs } from './federated-executor.js';
import type { OperationContext } from './operation-context.js';

/** The stitching library names a subgraph by its value of the enum `join__Graph`. */
function realNames(supergraph: DocumentNode): Map<string, string> {
  const names = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const graph = value.directives?.find((directive) => directive.name.value === 'join__graph');
      const name = graph?.arguments?.find((argument) => argument.name.value === 'name')?.value;
      if (name?.kind === Kind.STRING) names.set(value.name.value, name.value);
    }
  }
  return names;
}

interface StitchingRequest {
  document: DocumentNode;
  operationName?: string;
  variables?: Record<string, unknown>;
  context?: OperationContext;
}

/** Runs the supergraph by schema stitching, in plain JavaScript: for machines the native planner does not load on. */
export async function stitchingExecutor(supergraphSdl: string, subgraphs: Subgraphs): Promise<FederatedExecutor> {
  const document = parse(supergraphSdl, { noLocation: true });
  const names = realNames(document);
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
    apiSchema: filterInternalFieldsAndTypes(schema),
    execute: async ({ document: operation, operationName, variables }, contextValue): Promise<ExecutionResult> =>
      execute({ schema, document: operation, operationName, variableValues: variables, contextValue }),
  };
}
