import { connectorOf } from '../connectors.js';
import type { AdapterManifest } from '../contract.js';
import { PUSH_SECRETS } from '../push-manifest.js';

/** One entry of the manifest's `settings`. */
export interface SettingDeclaration {
  title: string;
  description: string;
  type?: 'string' | 'integer' | 'boolean';
  secret?: boolean;
  required?: boolean;
  enum?: string[];
  pattern?: string;
  default?: string | number | boolean;
  examples?: unknown[];
}

export interface SettingSchema {
  type?: string;
  title: string;
  description: string;
  default?: unknown;
  examples?: unknown[];
  enum?: readonly unknown[];
  'x-secret'?: boolean;
  [more: string]: unknown;
}

export interface SettingsSchema {
  type: 'object';
  additionalProperties: false;
  required: string[];
  properties: Record<string, SettingSchema>;
}

/** JSON Schema (2020-12) of the settings of a source of this adapter: its connector's and its own. */
export function settingsSchemaOf(manifest: AdapterManifest): SettingsSchema {
  const base = connectorOf(manifest).settingsSchema as SettingsSchema;
  const own = (manifest['settings'] ?? {}) as Record<string, SettingDeclaration>;
  const properties: Record<string, SettingSchema> = { ...base.properties };
  const required = [...base.required];
  for (const [name, { secret, required: needed, ...rest }] of Object.entries(own)) {
    properties[name] = { type: 'string', ...rest, ...(secret ? { 'x-secret': true } : {}) };
    if ((rest.type ?? 'string') === 'string') properties[name]['minLength'] = 1;
    if (needed !== false && rest.default === undefined && !required.includes(name)) required.push(name);
  }
  for (const { push } of manifest.streams) {
    if (!push) continue;
    const { name, ...words } = PUSH_SECRETS[push.form];
    properties[name] = { type: 'string', ...words, 'x-secret': true };
    if (!required.includes(name)) required.push(name);
  }
  return { type: 'object', additionalProperties: false, required, properties };
}

/** Names of the settings that are sealed and never shown. */
export const secretSettings = (manifest: AdapterManifest): string[] =>
  Object.entries(settingsSchemaOf(manifest).properties)
    .filter(([, schema]) => schema['x-secret'] === true)
    .map(([name]) => name);
