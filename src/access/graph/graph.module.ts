import { type DynamicModule, type FactoryProvider, Inject, Module, type ModuleMetadata } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { ExecutorChoice } from './federated-executor.js';
import { type ApolloContext, FederatedGateway } from './gateway.js';
import { GraphDriver } from './graph.driver.js';
import { GRAPH_ENTRY, GRAPH_OPTIONS } from './graph.tokens.js';
import { graphEntry, type GraphRequest } from './http-entry.js';
import { DEFAULT_LIMITS, type GraphLimits } from './limits.js';
import { limitRule } from './limit-rule.js';
import { OperationRunner } from './operation-runner.js';
import type { GraphLog, GraphPorts } from './ports.js';
import { RefusalRecorder } from './refusal-recorder.js';
import { formatStrayError, responsePlugin } from './response-plugin.js';
import { SubgraphRegistry } from './subgraph-registry.js';
import type { SubgraphEndpoint } from './subgraph-endpoint.js';

export interface GraphOptions extends GraphPorts {
  executor?: ExecutorChoice | undefined;
  limits?: Partial<GraphLimits> | undefined;
  /** Subgraphs in other processes; one with the name of an in-process subgraph takes its place. */
  remotes?: readonly SubgraphEndpoint[] | undefined;
}

export interface GraphAsyncOptions {
  /** Modules that hold the subgraph classes and what the factory injects. */
  imports?: ModuleMetadata['imports'];
  inject?: FactoryProvider['inject'];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  useFactory: (...injected: any[]) => GraphOptions | Promise<GraphOptions>;
}

/** Create the Nest application with these: the graph reads request bodies itself, before anything else may. */
export const NEST_OPTIONS = { bodyParser: false } as const;

const limitsOf = (options: GraphOptions): GraphLimits => ({ ...DEFAULT_LIMITS, ...options.limits });

@Module({
  imports: [DiscoveryModule],
  providers: [
    SubgraphRegistry,
    {
      provide: RefusalRecorder,
      inject: [GRAPH_OPTIONS],
      useFactory: (options: GraphOptions) => new RefusalRecorder(options),
    },
    {
      provide: FederatedGateway,
      inject: [GRAPH_OPTIONS, SubgraphRegistry, RefusalRecorder],
      useFactory: (options: GraphOptions, registry: SubgraphRegistry, refusals: RefusalRecorder) =>
        new FederatedGateway(
          () => {
            const remotes = options.remotes ?? [];
            const away = new Set(remotes.map(({ name }) => name));
            return [...registry.find().filter(({ name }) => !away.has(name)), ...remotes];
          },
          new OperationRunner(options, limitsOf(options), refusals),
          options.executor,
        ),
    },
    {
      provide: GRAPH_ENTRY,
      inject: [GRAPH_OPTIONS, RefusalRecorder],
      useFactory: (options: GraphOptions, refusals: RefusalRecorder) =>
        graphEntry(options, limitsOf(options), refusals),
    },
  ],
  exports: [FederatedGateway, GRAPH_ENTRY, RefusalRecorder],
})
class GraphCoreModule {
  static with(options: GraphAsyncOptions): DynamicModule {
    return {
      module: GraphCoreModule,
      imports: options.imports ?? [],
      providers: [{ provide: GRAPH_OPTIONS, inject: options.inject ?? [], useFactory: options.useFactory }],
      exports: [GRAPH_OPTIONS],
    };
  }
}

/** The federated graph at `/graphql`. */
@Module({})
export class GraphModule {
  constructor(@Inject(FederatedGateway) private readonly gateway: FederatedGateway) {}

  static forRoot(options: GraphOptions, imports: ModuleMetadata['imports'] = []): DynamicModule {
    return GraphModule.forRootAsync({ imports, useFactory: () => options });
  }

  static forRootAsync(options: GraphAsyncOptions): DynamicModule {
    const core = GraphCoreModule.with(options);
    return {
      module: GraphModule,
      imports: [
        core,
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: GraphDriver,
          imports: [core],
          inject: [GRAPH_OPTIONS, RefusalRecorder],
          useFactory: (graph: GraphOptions, refusals: RefusalRecorder) => serverOptions(graph, refusals),
        }),
      ],
      exports: [core],
    };
  }

  /** The composed supergraph SDL; available once the application is initialised. */
  printSupergraph(): string {
    return this.gateway.printSupergraph();
  }
}

function serverOptions(graph: GraphOptions, refusals: RefusalRecorder): ApolloDriverConfig {
  const limits = limitsOf(graph);
  return {
    path: '/graphql',
    context: ({ req }: { req: GraphRequest }): ApolloContext => ({ isthmus: req.isthmus! }),
    graphiql: false,
    // The entry lets only signed-in users through, so this opens nothing to the public.
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    cache: 'bounded',
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    autoTransformHttpErrors: false,
    preserveHttpStatusForExecutionErrors: false,
    parseOptions: { maxTokens: limits.tokens },
    validationOptions: { maxErrors: 10 },
    validationRules: [limitRule(limits)],
    plugins: [responsePlugin(refusals, () => graph.guard.policyVersion)],
    formatError: formatStrayError,
    logger: quietLogger(graph.log),
  };
}

/** Apollo's own lines may quote what a client sent or a database said: only the fact is kept. */
const quietLogger = (log: GraphLog): NonNullable<ApolloDriverConfig['logger']> => {
  const nothing = (): void => undefined;
  const error = (): void => log.failure('-', { code: 'INTERNAL', kind: 'ApolloServer' });
  return { debug: nothing, info: nothing, warn: nothing, error };
};
