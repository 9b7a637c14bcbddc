import { ConfigurationError } from '../../platform/kernel/index.js';
import { fileConnector } from './connectors/file/connector.js';
import { httpConnector } from './connectors/http/connector.js';
import { soapConnector } from './connectors/soap/connector.js';
import { sqlConnector } from './connectors/sql/connector.js';
import type { AdapterManifest, Connector, ConnectorKind } from './contract.js';

/** Every protocol the gateway speaks. A new connector adds one line. */
export const CONNECTORS: Readonly<Record<ConnectorKind, Connector>> = {
  file: fileConnector,
  http: httpConnector,
  soap: soapConnector,
  sql: sqlConnector,
};

/** @throws ConfigurationError ADAPTER_CONNECTOR for a kind that does not exist. */
export function connectorOf(manifest: AdapterManifest): Connector {
  const connector = (CONNECTORS as Partial<Record<string, Connector>>)[manifest.connector];
  if (connector) return connector;
  throw new ConfigurationError('ADAPTER_CONNECTOR', {
    where: { adapter: manifest.id },
    params: { kind: String(manifest.connector), known: Object.keys(CONNECTORS).join(', ') },
  });
}
