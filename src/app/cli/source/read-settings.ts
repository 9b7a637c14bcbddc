import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  checkSettings,
  secretSettings,
  type AdapterManifest,
  type SettingProblem,
} from '../../../pipeline/adapter-kit/index.js';
import { environmentValue } from '../../../platform/config/index.js';
import { ConfigurationError, UsageError } from '../../../platform/kernel/index.js';

export interface GivenSettings {
  set?: readonly string[];
  secret?: readonly string[];
}

/** Every problem of a source's settings at once. */
export class SettingsError extends ConfigurationError {
  constructor(
    source: string,
    readonly problems: readonly SettingProblem[],
  ) {
    super('CLI_SETTINGS', { params: { source, count: problems.length } });
  }
}

/**
 * Settings of a source from `--set` and `--secret`, complete, typed and checked against its adapter.
 * @throws UsageError CLI_PAIR, CLI_SECRET_PLAIN, CLI_NOT_SECRET, CLI_FILE_UNREADABLE, CLI_VARIABLE_EMPTY; SettingsError.
 */
export function readSettings(source: string, manifest: AdapterManifest, given: GivenSettings): Record<string, unknown> {
  const secrets = new Set(secretSettings(manifest));
  const values: Record<string, unknown> = {};
  for (const word of given.set ?? []) {
    const [name, value] = pair('--set', word, 'host=10.0.0.5');
    if (secrets.has(name)) throw new UsageError('CLI_SECRET_PLAIN', { where: { setting: name } });
    values[name] = value;
  }
  const known = new Set(secrets);
  for (const word of given.secret ?? []) {
    const [name, value] = pair('--secret', word, 'password=@/root/password');
    values[name] = secretValue(name, value);
  }
  const { settings, problems } = checkSettings(manifest, values);
  if (problems.length > 0) throw new SettingsError(source, problems);
  for (const word of given.secret ?? []) {
    const name = word.slice(0, word.indexOf('='));
    if (!known.has(name)) throw new UsageError('CLI_NOT_SECRET', { where: { setting: name } });
  }
  // The program that reads the directory later runs elsewhere: a relative path is meant from here.
  if (manifest.connector === 'file') settings['directory'] = resolve(String(settings['directory']));
  return settings;
}

function pair(option: string, word: string, example: string): [name: string, value: string] {
  const at = word.indexOf('=');
  if (at < 1) throw new UsageError('CLI_PAIR', { params: { option, example } });
  return [word.slice(0, at), word.slice(at + 1)];
}

/** The word after `=` is never shown again: it may be the secret itself, given in the wrong way. */
function secretValue(setting: string, value: string): string {
  if (value.startsWith('env:')) {
    const variable = value.slice(4);
    const found = environmentValue(variable);
    if (found === undefined) throw new UsageError('CLI_VARIABLE_EMPTY', { params: { variable } });
    return found;
  }
  if (value.startsWith('@')) return readText(value.slice(1));
  throw new UsageError('CLI_SECRET_PLAIN', { where: { setting } });
}

/** A file's text without the line end that editors add. @throws UsageError CLI_FILE_UNREADABLE. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new UsageError('CLI_FILE_UNREADABLE', { where: { file }, cause });
  }
}
