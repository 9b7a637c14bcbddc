import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../../../../platform/kernel/index.js';
import type { SqlSettings } from './session.js';

/** TLS options as both drivers take them; undefined = a plain connection. @throws ConfigurationError CONNECTOR_CA_FILE. */
export function tlsOptions(settings: SqlSettings): { rejectUnauthorized: boolean; ca?: string } | undefined {
  if ((settings.ssl ?? 'off') === 'off') return undefined;
  const rejectUnauthorized = settings.ssl === 'verify';
  if (!settings.caFile) return { rejectUnauthorized };
  try {
    return { rejectUnauthorized, ca: readFileSync(settings.caFile, 'utf8') };
  } catch (cause) {
    throw new ConfigurationError('CONNECTOR_CA_FILE', { where: { setting: 'caFile', file: settings.caFile }, cause });
  }
}
