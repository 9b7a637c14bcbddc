import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { canonicalJson } from '../../platform/kernel/index.js';
import type { Role } from '../identity/index.js';

export interface Purpose {
  code: string;
  zh: string;
  en: string;
  legalBasis: { zh: string; en: string };
  /** `Entity.field` of the L4 fields, other than identifiers, that this purpose needs. */
  fields: string[];
  /** Division-code prefixes, or `*`. */
  areas: string[];
}

export interface Grant {
  id: string;
  role: Role;
  units: string[];
  purposes: string[];
  areas: string[];
  levels: number[];
  /** How L4 identifiers are served; never in full. */
  identifiers: 'MASKED' | 'VERIFY_ONLY' | 'WITHHELD';
  /** How an L4 field that the purpose names is served. */
  namedSensitive: 'SHOWN' | 'MASKED' | 'GENERALISED' | 'VERIFY_ONLY';
  from: string;
  to: string | null;
}

export interface RootFieldRule {
  roles: Role[];
  personal: boolean;
}

/** Everything the decision rests on, as data; `version` is the hash of it and stands in every evidence row. */
export interface PolicyData {
  version: string;
  purposes: Purpose[];
  /** Level of the fact that a record of an entity exists. */
  recordLevels: Record<string, number>;
  grants: Grant[];
  rootFields: Record<string, RootFieldRule>;
}

/** Puts the parts together and names them by the hash of their canonical bytes. */
export function makePolicy(parts: Omit<PolicyData, 'version'>): PolicyData {
  const { purposes, recordLevels, grants, rootFields } = parts;
  const bytes = canonicalJson({ purposes, recordLevels, grants, rootFields });
  const version = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { version, purposes, recordLevels, grants, rootFields };
}

const readPart = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../../schemas/policy/${name}.json`, import.meta.url), 'utf8')) as T;

let loaded: PolicyData | undefined;

/** The policy in `schemas/policy`, read once per process. */
export function policy(): PolicyData {
  if (loaded) return loaded;
  const { purposes, recordLevels } = readPart<Pick<PolicyData, 'purposes' | 'recordLevels'>>('purposes');
  loaded = makePolicy({
    purposes,
    recordLevels,
    grants: readPart<{ grants: Grant[] }>('grants').grants,
    rootFields: readPart<{ rootFields: Record<string, RootFieldRule> }>('root-fields').rootFields,
  });
  return loaded;
}

/** The same, under the name that composition reads best by. */
export { policy as loadPolicy };
