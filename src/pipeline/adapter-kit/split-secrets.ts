import type { AdapterManifest } from './contract.js';
import { secretSettings } from './manifest/settings-schema.js';

/** A source's settings, with those apart that its connector or its adapter marks as secret. */
export function splitSecrets(
  manifest: AdapterManifest,
  all: Readonly<Record<string, unknown>>,
): { settings: Record<string, unknown>; secrets: Record<string, string> } {
  const secret = new Set(secretSettings(manifest));
  const settings: Record<string, unknown> = {};
  const secrets: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) {
    if (secret.has(name)) secrets[name] = String(value);
    else settings[name] = value;
  }
  return { settings, secrets };
}
