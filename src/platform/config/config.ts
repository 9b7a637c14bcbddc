import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigurationError, Secret } from '../kernel/index.js';
import { SETTINGS, type SettingSpec } from './settings.js';

/** Everything a setting can change; frozen, read once at start. */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  keysDir: string;
  /** What protects the root keys. */
  kek: Readonly<{
    provider: 'file' | 'env' | 'command';
    secret: Secret | null;
    command: string | null;
    deadlineMs: number;
  }>;
  databaseUrl: Secret | null;
  redisUrl: Secret | null;
  demo: boolean;
  townDir: string;
  townPeople: number;
  townSeed: number;
  production: boolean;
  executor: 'auto' | 'hive' | 'stitching';
  language: 'zh' | 'en';
  logLevel: string;
  syncPage: number;
  leaseSeconds: number;
  workerConcurrency: number;
  checkSeconds: number;
  probePort: number | null;
  openLineage: Secret | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

function rawValue(environment: Environment, spec: SettingSpec): string | null {
  const direct = environment[spec.name];
  if (direct !== undefined && direct !== '') return direct;
  const file = environment[`${spec.name}_FILE`];
  if (file === undefined || file === '') return spec.fallback;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new ConfigurationError('SETTING_FILE_UNREADABLE', { where: { setting: `${spec.name}_FILE` }, cause });
  }
}

function expectation(spec: SettingSpec): string {
  if (spec.kind === 'choice') return (spec.choices ?? []).join(' | ');
  if (spec.kind === 'integer') return `${spec.min}…${spec.max}`;
  if (spec.kind === 'url') return (spec.schemes ?? ['scheme:']).map((scheme) => `${scheme}//…`).join(' | ');
  return 'text';
}

function validate(spec: SettingSpec, value: string | null): string | null {
  if (value === null) return null;
  const good =
    spec.kind === 'integer'
      ? /^\d+$/.test(value) &&
        Number(value) >= (spec.min ?? 0) &&
        Number(value) <= (spec.max ?? Number.MAX_SAFE_INTEGER)
      : spec.kind === 'choice'
        ? (spec.choices ?? []).includes(value)
        : spec.kind === 'url'
          ? URL.canParse(value) && (spec.schemes?.includes(new URL(value).protocol) ?? true)
          : value.length > 0;
  if (!good) {
    throw new ConfigurationError('SETTING_INVALID', {
      where: { setting: spec.name },
      params: { expected: expectation(spec) },
    });
  }
  return value;
}

function refuseUnknown(environment: Environment): void {
  const known = new Set<string>(SETTINGS.flatMap((spec) => [spec.name, `${spec.name}_FILE`]));
  for (const name of Object.keys(environment)) {
    if (name.startsWith('ISTHMUS_') && !known.has(name)) {
      throw new ConfigurationError('SETTING_UNKNOWN', { where: { setting: name } });
    }
  }
}

/** Chinese first; English where the locale (POSIX: LC_ALL, LC_MESSAGES, LANG) says so. */
function localeLanguage(environment: Environment): Config['language'] {
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return /^en([_.-]|$)/i.test(locale) ? 'en' : 'zh';
}

/**
 * Reads and checks all settings. Relative paths are taken from the working directory.
 *
 * @throws ConfigurationError SETTING_UNKNOWN, SETTING_INVALID or SETTING_FILE_UNREADABLE, naming the variable.
 */
export function readConfig(environment: Environment = process.env): Readonly<Config> {
  refuseUnknown(environment);
  const values = new Map<string, string | null>(
    (SETTINGS as readonly SettingSpec[]).map((spec) => [spec.name, validate(spec, rawValue(environment, spec))]),
  );
  const text = (name: (typeof SETTINGS)[number]['name']): string => values.get(name) ?? '';
  const secret = (name: (typeof SETTINGS)[number]['name']): Secret | null =>
    text(name) ? new Secret(text(name)) : null;
  const dataDir = resolve(text('ISTHMUS_DATA_DIR'));
  return Object.freeze({
    port: Number(text('PORT')),
    host: text('ISTHMUS_HOST'),
    dataDir,
    keysDir: text('ISTHMUS_KEYS_DIR') ? resolve(text('ISTHMUS_KEYS_DIR')) : resolve(dataDir, 'keys'),
    kek: Object.freeze({
      provider: text('ISTHMUS_KEK') as Config['kek']['provider'],
      secret: secret('ISTHMUS_KEK_SECRET'),
      command: text('ISTHMUS_KEK_COMMAND') || null,
      deadlineMs: Number(text('ISTHMUS_KEK_SECONDS')) * 1000,
    }),
    databaseUrl: secret('ISTHMUS_DATABASE_URL'),
    redisUrl: secret('REDIS_URL'),
    demo: text('ISTHMUS_DEMO') === 'on',
    townDir: resolve(text('ISTHMUS_TOWN_DIR')),
    townPeople: Number(text('ISTHMUS_TOWN_PEOPLE')),
    townSeed: Number(text('ISTHMUS_TOWN_SEED')),
    production: text('ISTHMUS_ENV') === 'production',
    executor: text('ISTHMUS_EXECUTOR') as Config['executor'],
    language: (text('ISTHMUS_LANG') || localeLanguage(environment)) as Config['language'],
    logLevel: text('ISTHMUS_LOG_LEVEL'),
    syncPage: Number(text('ISTHMUS_SYNC_PAGE')),
    leaseSeconds: Number(text('ISTHMUS_LEASE_SECONDS')),
    workerConcurrency: Number(text('ISTHMUS_WORKER_CONCURRENCY')),
    checkSeconds: Number(text('ISTHMUS_CHECK_SECONDS')),
    probePort: text('ISTHMUS_PROBE_PORT') ? Number(text('ISTHMUS_PROBE_PORT')) : null,
    openLineage: secret('ISTHMUS_OPENLINEAGE'),
  });
}
