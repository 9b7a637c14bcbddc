import type {
  GatewayExecutor,
  GatewayInterface,
  GatewayLoadResult,
  GatewaySchemaLoadOrUpdateCallback,
  GatewayUnsubscriber,
} from '@apollo/server-gateway-interface';
import type { GraphQLSchema } from 'graphql';
import { composeSupergraph } from './compose.js';
import { type ExecutorChoice, type ExecutorKind, type FederatedExecutor } from './federated-executor.js';
import { makeExecutor } from './make-executor.js';
import type { OperationRunner, RequestFacts } from './operation-runner.js';
import type { SubgraphEndpoint } from './subgraph-endpoint.js';

/** Where the request's facts stand in Apollo's context. */
export interface ApolloContext {
  isthmus: RequestFacts;
}

/**
 * Our gateway for Apollo Server: composes, builds the executor, sets one pointer, tells the server. A request that was
 * validated against the graph of before a swap is executed by it too.
 */
export class FederatedGateway implements GatewayInterface {
  private readonly callbacks = new Set<GatewaySchemaLoadOrUpdateCallback>();
  private readonly executors = new WeakMap<GraphQLSchema, FederatedExecutor>();
  private current: { executor: FederatedExecutor; supergraphSdl: string } | null = null;
  private swapping: Promise<void> = Promise.resolve();

  constructor(
    private readonly subgraphs: () => Promise<readonly SubgraphEndpoint[]> | readonly SubgraphEndpoint[],
    private readonly runner: OperationRunner,
    private readonly choice: ExecutorChoice = 'auto',
  ) {}

  async load(): Promise<GatewayLoadResult> {
    await this.swap(await this.subgraphs());
    return { executor: this.execute };
  }

  /**
   * Puts another set of subgraphs in place; the old graph serves until the new one is ready, and stays when it fails.
   * @throws CompositionError when they do not compose.
   */
  async swap(subgraphs: readonly SubgraphEndpoint[]): Promise<void> {
    const turn = this.swapping.then(async () => {
      const supergraphSdl = composeSupergraph(subgraphs);
      const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
      const executor = await makeExecutor(this.choice, supergraphSdl, byName);
      this.executors.set(executor.apiSchema, executor);
      this.current = { executor, supergraphSdl };
      for (const callback of this.callbacks)
        callback({ apiSchema: executor.apiSchema, coreSupergraphSdl: supergraphSdl });
    });
    this.swapping = turn.catch(() => undefined);
    return turn;
  }

  onSchemaLoadOrUpdate(callback: GatewaySchemaLoadOrUpdateCallback): GatewayUnsubscriber {
    this.callbacks.add(callback);
    if (this.current)
      callback({ apiSchema: this.current.executor.apiSchema, coreSupergraphSdl: this.current.supergraphSdl });
    return () => this.callbacks.delete(callback);
  }

  async stop(): Promise<void> {
    this.callbacks.clear();
  }

  /** The composed supergraph, for people and for other gateways. */
  printSupergraph(): string {
    if (!this.current) throw new Error('the graph is not loaded');
    return this.current.supergraphSdl;
  }

  get executorKind(): ExecutorKind | null {
    return this.current?.executor.kind ?? null;
  }

  get apiSchema(): GraphQLSchema | null {
    return this.current?.executor.apiSchema ?? null;
  }

  private readonly execute: GatewayExecutor = async ({ schema, document, request, context }) => {
    const executor = this.executors.get(schema) ?? this.current!.executor;
    const asked = { document, operationName: request.operationName, variables: request.variables ?? {} };
    const result = await this.runner.run(executor, asked, (context as ApolloContext).isthmus);
    return result as Awaited<ReturnType<GatewayExecutor>>;
  };
}
