import type { AdapterManifest } from './contract.js';
import { connectorOf } from './open-source.js';

/** A source's settings, with those apart that its connector (or its adapter) marks `x-secret`. */
export function splitSecrets(
  manifest: AdapterManifest,
  all: Readonly<Record<string, unknown>>,
): { settings: Record<string, unknown>; secrets: Record<string, string> } {
  const schemas = [connectorOf(manifest).settingsSchema, manifest['settings']] as {
    properties?: Record<string, { 'x-secret'?: boolean }>;
  }[];
  const secret = (name: string): boolean => schemas.some((schema) => schema?.properties?.[name]?.['x-secret'] === true);
  const settings: Record<string, unknown> = {};
  const secrets: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) {
    if (secret(name)) secrets[name] = String(value);
    else settings[name] = value;
  }
  return { settings, secrets };
}
