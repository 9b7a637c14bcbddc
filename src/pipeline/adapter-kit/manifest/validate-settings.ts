import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { ConfigurationError } from '../../../platform/kernel/index.js';
import type { AdapterManifest } from '../contract.js';
import { expectationOf, isInner, OPTIONS, VOCABULARY } from './schema-errors.js';
import { settingsSchemaOf, type SettingsSchema } from './settings-schema.js';

/** One setting that cannot be used; never with its value, which may be a secret. */
export interface SettingProblem {
  setting: string;
  code: 'ADAPTER_SETTING_UNKNOWN' | 'ADAPTER_SETTING_REQUIRED' | 'ADAPTER_SETTING_VALUE';
  params: Record<string, string>;
}

export interface CheckedSettings {
  /** With defaults filled in and texts from a command line turned into numbers and yes/no. */
  settings: Record<string, unknown>;
  problems: SettingProblem[];
}

/** Checks a source's settings against its adapter. */
export function checkSettings(manifest: AdapterManifest, given: Readonly<Record<string, unknown>>): CheckedSettings {
  const schema = settingsSchemaOf(manifest);
  const ajv = new Ajv2020({ ...OPTIONS, useDefaults: true, coerceTypes: true });
  ajv.addVocabulary(VOCABULARY);
  const settings = { ...given };
  const validate = ajv.compile(schema);
  if (validate(settings)) return { settings, problems: [] };
  return { settings, problems: (validate.errors ?? []).filter(isInner).map((error) => problemOf(error, schema)) };
}

/** @returns the settings to open a source with. @throws ConfigurationError for the first problem, naming the setting. */
export function validateSettings(
  manifest: AdapterManifest,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { settings, problems } = checkSettings(manifest, given);
  const first = problems[0];
  if (first === undefined) return settings;
  throw new ConfigurationError(first.code, {
    where: { adapter: manifest.id, setting: first.setting },
    params: first.params,
  });
}

function problemOf(error: ErrorObject, schema: SettingsSchema): SettingProblem {
  const params = error.params as Record<string, unknown>;
  if (error.keyword === 'additionalProperties') {
    const setting = String(params['additionalProperty']);
    return {
      setting,
      code: 'ADAPTER_SETTING_UNKNOWN',
      params: { setting, known: Object.keys(schema.properties).join(', ') },
    };
  }
  const missing = error.keyword === 'required';
  const setting = missing ? String(params['missingProperty']) : (error.instancePath.split('/')[1] ?? '');
  const declared = schema.properties[setting];
  const words = { setting, title: declared?.title ?? setting, description: declared?.description ?? setting };
  if (missing)
    return {
      setting,
      code: 'ADAPTER_SETTING_REQUIRED',
      params: { ...words, flag: declared?.['x-secret'] ? `--secret ${setting}=@<file>` : `--set ${setting}=…` },
    };
  return { setting, code: 'ADAPTER_SETTING_VALUE', params: { ...words, expected: expectationOf(error) } };
}
