import type { AdapterManifest } from '../contract.js';
import { checkMeaning } from './check-meaning.js';
import { checkStructure } from './check-structure.js';
import { ManifestError, type ManifestProblem } from './problems.js';

/** Every problem of a manifest, as parsed from YAML; an empty list means that it can be used. */
export function checkManifest(value: unknown, file = 'manifest.yaml'): ManifestProblem[] {
  const problems = checkStructure(value, file);
  return problems.length > 0 ? problems : checkMeaning(value as AdapterManifest, file);
}

/** @throws ManifestError with every problem. */
export function validateManifest(value: unknown, file = 'manifest.yaml'): AdapterManifest {
  const problems = checkManifest(value, file);
  if (problems.length === 0) return value as AdapterManifest;
  const id = (value as { id?: unknown } | null)?.id;
  throw new ManifestError(problems, typeof id === 'string' ? id : undefined);
}
