export { GraphModule, NEST_OPTIONS, type GraphAsyncOptions, type GraphOptions } from './graph.module.js';
export { FederatedGateway } from './gateway.js';
export {
  Subgraph,
  type ReferencesResolver,
  type Representation,
  type Resolver,
  type ResolverMap,
  type SubgraphClass,
  type SubgraphDefinition,
} from './subgraph.decorator.js';
export type { CallOutcome, GraphContext } from './graph-context.js';
export type { DisclosureAccess, DisclosureEntry, DisclosureReport, DisclosureState } from './disclosure.js';
export type {
  Authenticator,
  CredentialHeaders,
  EvidenceWriter,
  GraphLog,
  GraphPorts,
  GraphRequester,
  GraphTx,
  OperationEvent,
  RootField,
  RootFieldGuard,
  TransactionSource,
} from './ports.js';
export type { SubgraphEndpoint, SubgraphRequest } from './subgraph-endpoint.js';
export { composeSupergraph, CompositionError, type SubgraphSdl } from './compose.js';
export { buildSubgraphSchema } from './subgraph-schema.js';
export { DEFAULT_LIMITS, type GraphLimits } from './limits.js';
export { languageOf } from './present-error.js';
export type { ExecutorChoice, ExecutorKind, FederatedExecutor } from './federated-executor.js';
export { policyGuard, tokenAuthenticator } from './governance-ports.js';
export { fetchSubgraphSdl, RemoteSubgraph, type RemoteSubgraphOptions } from './remote-subgraph.js';
export { subgraphClassServer, subgraphServer, type SubgraphServerOptions } from './subgraph-server.js';
