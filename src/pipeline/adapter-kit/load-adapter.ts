import {
  compileMapping,
  loadAdapter,
  type CompiledMapping,
  type CompileOptions,
  type LoadedAdapter,
} from '../conform/index.js';
import type { AdapterManifest } from './contract.js';
import { validateManifest } from './manifest/validate-manifest.js';

/** An adapter ready to run. */
export interface ReadyAdapter {
  manifest: AdapterManifest;
  /** By stream. */
  mappings: Map<string, CompiledMapping>;
  /** The two files as read, with their hash. */
  loaded: LoadedAdapter<AdapterManifest>;
}

/**
 * Reads, validates and compiles an adapter's directory.
 * @throws ConfigurationError MAPPING_FILE_MISSING, ManifestError, MappingError.
 */
export function readyAdapter(directory: string, options: CompileOptions = {}): ReadyAdapter {
  const loaded = loadAdapter<AdapterManifest>(directory);
  const manifest = validateManifest(loaded.manifest);
  return { manifest, mappings: compileMapping(loaded.mapping, manifest, options), loaded };
}
