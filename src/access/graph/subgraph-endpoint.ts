import { type DocumentNode, execute, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { OperationContext } from './operation-context.js';

/** One fetch of a plan. */
export interface SubgraphRequest {
  document: DocumentNode;
  operationName?: string | undefined;
  variables?: Record<string, unknown> | undefined;
}

/** A subgraph the executor can fetch from, in this process or elsewhere. */
export interface SubgraphEndpoint {
  readonly name: string;
  readonly typeDefs: string;
  /** Absent for a subgraph in this process. */
  readonly url?: string | undefined;
  execute(request: SubgraphRequest, context: OperationContext): Promise<ExecutionResult>;
}

/** A subgraph in this process: plain graphql-js on the operation's own context and transaction. */
export class LocalSubgraph implements SubgraphEndpoint {
  constructor(
    readonly name: string,
    readonly typeDefs: string,
    private readonly schema: GraphQLSchema,
  ) {}

  execute(request: SubgraphRequest, context: OperationContext): Promise<ExecutionResult> {
    return context.locally(() =>
      execute({
        schema: this.schema,
        document: request.document,
        operationName: request.operationName,
        variableValues: request.variables,
        contextValue: context,
      }),
    );
  }
}
