import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TownError } from './errors.js';

export const SYSTEMS = ['property', 'telecom', 'police', 'civil'] as const;
export type SystemName = (typeof SYSTEMS)[number];

/** Raised when the generator draws another town for the same seed: a directory of another edition is not resumed. */
export const EDITION = 1;

/** What the town's own processes need to know; `settings.json`, mode 0600. */
export interface Settings {
  edition: number;
  seed: number;
  people: number;
  /** Kept from start to start; 0 = none yet. */
  ports: Record<'property' | 'telecom' | 'civil', number> & { police?: number };
  passwords: {
    propertyOwner: string;
    propertyReader: string;
    telecomToken: string;
    civilUser: string;
    civilPassword: string;
  };
}

export interface Home {
  root: string;
  settings: string;
  supervisor: string;
  town: string;
  propertyCluster: string;
  propertyLoaded: string;
  drop: string;
  spoilt: string;
  faults: string;
  clock: string;
  /** One file a system: what it has taken over. */
  applied: string;
}

export function homeAt(directory: string): Home {
  const root = resolve(directory);
  return {
    root,
    settings: join(root, 'settings.json'),
    supervisor: join(root, 'supervisor.json'),
    town: join(root, 'town.json'),
    propertyCluster: join(root, 'property', 'pg'),
    propertyLoaded: join(root, 'property', 'loaded.json'),
    drop: join(root, 'police', 'drop'),
    spoilt: join(root, 'police', 'spoilt.json'),
    faults: join(root, 'faults.json'),
    clock: join(root, 'clock.json'),
    applied: join(root, 'applied'),
  };
}

/** Writes JSON so that a reader sees the old file or the whole new one; mode 0600. */
export function writeJson(file: string, value: unknown): void {
  writeFileSync(`${file}.tmp`, `${JSON.stringify(value, null, 1)}\n`, { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
}

export function readJson<T>(file: string): T | null {
  if (!existsSync(file)) return null;
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

export function readSettings(home: Home): Settings {
  const settings = readJson<Settings>(home.settings);
  if (settings === null) {
    throw new TownError('TOWN_NONE', `there is no town in ${home.root}`, 'start one: town start --people N --seed S');
  }
  return settings;
}

const secret = (): string => randomBytes(18).toString('base64url');

/**
 * The settings of the directory, made when it is new.
 *
 * @throws TownError TOWN_OTHER when the directory holds a town of another seed, size or edition.
 */
export function openSettings(
  home: Home,
  wanted: { seed: number; people: number },
): { settings: Settings; made: boolean } {
  const found = readJson<Settings>(home.settings);
  if (found !== null) {
    const same = found.seed === wanted.seed && found.people === wanted.people && found.edition === EDITION;
    if (same) return { settings: found, made: false };
    throw new TownError(
      'TOWN_OTHER',
      `${home.root} holds the town of seed ${found.seed} with ${found.people} people (edition ${found.edition}); ` +
        `wanted: seed ${wanted.seed} with ${wanted.people} people (edition ${EDITION})`,
      'start with the same --seed and --people, choose another --dir, or run `town remove --yes` first',
    );
  }
  const settings: Settings = {
    ...{ edition: EDITION, seed: wanted.seed, people: wanted.people },
    ports: { property: 0, telecom: 0, civil: 0 },
    passwords: {
      ...{ propertyOwner: secret(), propertyReader: secret(), telecomToken: secret() },
      ...{ civilUser: 'gateway', civilPassword: secret() },
    },
  };
  mkdirSync(home.root, { recursive: true });
  writeJson(home.settings, settings);
  return { settings, made: true };
}
