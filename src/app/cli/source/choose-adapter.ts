import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { readyAdapter, type ReadyAdapter } from '../../../pipeline/adapter-kit/index.js';
import { UsageError } from '../../../platform/kernel/index.js';
import { ADAPTERS } from '../../runtime/demo-sources.js';

/** Names of the adapters that come with the program. */
export const bundledAdapters = (): string[] =>
  readdirSync(ADAPTERS)
    .filter((name) => existsSync(join(ADAPTERS, name, 'manifest.yaml')))
    .sort();

/**
 * The directory of a bundled adapter by its name, or a directory as given.
 * @throws UsageError CLI_ADAPTER_UNKNOWN.
 */
export function adapterDirectory(given: string): string {
  const bundled = bundledAdapters();
  if (bundled.includes(given)) return join(ADAPTERS, given);
  const directory = isAbsolute(given) ? given : resolve(given);
  if (existsSync(join(directory, 'manifest.yaml'))) return directory;
  throw new UsageError('CLI_ADAPTER_UNKNOWN', {
    params: { adapter: given.slice(0, 120), bundled: bundled.join(', ') },
  });
}

/** An adapter by name or directory, validated and compiled. @throws ManifestError, MappingError with every problem. */
export const chooseAdapter = (given: string): ReadyAdapter => readyAdapter(adapterDirectory(given));
