import { systemClock } from '../../platform/kernel/index.js';
import { connectorOf } from './connectors.js';
import type { AdapterManifest, SourceConnection } from './contract.js';
import { requireCredential } from './credential-expiry.js';
import type { RequestGate } from './resilience/request-gate.js';
import { validateSettings } from './manifest/validate-settings.js';
import { capRows } from './row-cap.js';

/**
 * Opens a source by its adapter's manifest; nothing is reached before the connection's first use. Settings carry secrets
 * in the clear: they are not logged or kept elsewhere. `gate`: what every request passes; none = asked freely.
 *
 * @throws ConfigurationError ADAPTER_SETTING_… naming the setting, ADAPTER_BLOCK, CONNECTOR_ADDRESS,
 * CONNECTOR_CREDENTIAL_EXPIRED.
 */
export async function openSource(
  manifest: AdapterManifest,
  settings: Readonly<Record<string, unknown>>,
  gate?: RequestGate,
): Promise<SourceConnection> {
  requireCredential(manifest, systemClock.now());
  const connection = await connectorOf(manifest).open(manifest, validateSettings(manifest, settings), gate);
  const { rowCap } = manifest.limits ?? {};
  // The others page through lists of their own (periods, windows) and heed the limit for each.
  const oneList = manifest.connector === 'file' || manifest.connector === 'sql';
  return rowCap !== undefined && oneList ? capRows(connection, rowCap) : connection;
}
