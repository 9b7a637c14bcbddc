import { connectorOf } from './connectors.js';
import type { AdapterManifest, SourceConnection } from './contract.js';
import type { RequestGate } from './resilience/request-gate.js';
import { validateSettings } from './manifest/validate-settings.js';

/**
 * Opens a source by its adapter's manifest; nothing is reached before the connection's first use. Settings carry secrets
 * in the clear: they are not logged or kept elsewhere. `gate`: what every request passes; none = asked freely.
 *
 * @throws ConfigurationError ADAPTER_SETTING_… naming the setting, ADAPTER_BLOCK, CONNECTOR_ADDRESS.
 */
export async function openSource(
  manifest: AdapterManifest,
  settings: Readonly<Record<string, unknown>>,
  gate?: RequestGate,
): Promise<SourceConnection> {
  return connectorOf(manifest).open(manifest, validateSettings(manifest, settings), gate);
}
