export type {
  AdapterManifest,
  Checkpoint,
  CheckResult,
  Connector,
  ConnectorKind,
  DiscoveredStream,
  Page,
  ReadRequest,
  SourceConnection,
  SourceRow,
  StreamManifest,
  StreamMode,
} from './contract.js';
export { CONNECTORS, connectorOf, openSource } from './open-source.js';
export { splitSecrets } from './split-secrets.js';
