import { type DocumentNode, execute, type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import { UsageError } from '../../platform/kernel/index.js';
import type { OperationContext } from './operation-context.js';
import { faultOf } from './document-fault.js';

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
    private readonly network = false,
  ) {}

  execute(request: SubgraphRequest, context: OperationContext): Promise<ExecutionResult> {
    return this.network ? this.run(request, context) : context.locally(() => this.run(request, context));
  }

  private async run(request: SubgraphRequest, context: OperationContext): Promise<ExecutionResult> {
    const result = await execute({
      schema: this.schema,
      document: request.document,
      operationName: request.operationName,
      variableValues: request.variables,
      contextValue: context,
    });
    return result.errors
      ? { ...result, errors: result.errors.map((error) => asUserInput(error, this.schema)) }
      : result;
  }
}

/**
 * A subgraph's own scalars judge values that the supergraph, where scalars have no code, let pass. That is the
 * caller's fault; graphql-js says it only in words.
 */
function asUserInput(error: GraphQLError, schema: GraphQLSchema): GraphQLError {
  if (error.originalError && !(error.originalError instanceof GraphQLError)) return error;
  if (!/^(Variable "\$|Argument ")/.test(error.message)) return error;
  const originalError = new UsageError('BAD_USER_INPUT', { params: faultOf(error.message, schema) });
  return new GraphQLError(error.message, { path: error.path, originalError });
}
