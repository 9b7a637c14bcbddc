import { compileCodeTables } from './code-tables.js';
import type { Compile } from './compile-context.js';
import { compileNamedConditions } from './condition.js';
import type { ManifestView, MappingDocument } from './mapping-document.js';
import { checkStructure } from './mapping-schema.js';
import { MappingError, Problems, step, type MappingProblem } from './problems.js';
import { standardOf } from './standard-default.js';
import type { CompiledMapping } from './standard-record.js';
import type { StandardView } from './standard-view.js';
import { compileServices, type CompiledService } from './services.js';
import { compileStream } from './stream.js';

export interface CompileOptions {
  /** Division of records whose own cannot be read: the source's setting, stronger than the mapping's own default. */
  defaultArea?: string;
  /** The standard to compile against; the program's own when not given. */
  standard?: StandardView;
  /** Name of the mapping file in problems. */
  file?: string;
}

/**
 * Compiles a mapping document against its manifest, once, to closures.
 * @returns one compiled mapping for each stream of the manifest.
 * @throws MappingError with every problem found, in the order of the file.
 */
export function compileMapping(
  document: unknown,
  manifest: ManifestView,
  options: CompileOptions = {},
): Map<string, CompiledMapping> {
  const { problems, mappings } = tryCompile(document, manifest, options);
  if (problems.length > 0) throw new MappingError(problems, manifest.id);
  return mappings;
}

/**
 * Compiles what the answers of an adapter's look-up services mean.
 * @returns one entry for each service of the manifest.
 * @throws MappingError with every problem found.
 */
export function compileServiceMapping(
  document: unknown,
  manifest: ManifestView,
  options: CompileOptions = {},
): Map<string, CompiledService> {
  const { problems, services } = tryCompile(document, manifest, options);
  if (problems.length > 0) throw new MappingError(problems, manifest.id);
  return services;
}

/** Every problem of a mapping document; an empty list means that it can be used. */
export function checkMapping(
  document: unknown,
  manifest: ManifestView,
  options: CompileOptions = {},
): MappingProblem[] {
  return tryCompile(document, manifest, options).problems;
}

function tryCompile(
  document: unknown,
  manifest: ManifestView,
  options: CompileOptions,
): { problems: MappingProblem[]; mappings: Map<string, CompiledMapping>; services: Map<string, CompiledService> } {
  const mappings = new Map<string, CompiledMapping>();
  const problems = new Problems(options.file ?? 'mapping.yaml');
  if (!checkStructure(document, problems)) return { problems: problems.list, mappings, services: new Map() };
  const standard = options.standard ?? standardOf();
  const compile: Compile = {
    standard,
    manifest,
    problems,
    tables: compileCodeTables(document, standard, problems),
    conditions: new Map(),
  };
  compileNamedConditions(document, compile);
  if (document.adapter !== manifest.id)
    problems.add('/adapter', 'MAPPING_ADAPTER_OTHER', { given: document.adapter, id: manifest.id });
  for (const [name, stream] of Object.entries(document.streams)) {
    const pointer = step('/streams', name);
    const view = manifest.streams.find((candidate) => candidate.name === name);
    if (view === undefined) {
      problems.add(pointer, 'MAPPING_STREAM_UNKNOWN', { stream: name });
      continue;
    }
    const compiled = compileStream(stream, view, pointer, compile, options.defaultArea);
    if (compiled !== null) mappings.set(name, compiled);
  }
  reportUnmapped(document, manifest, problems);
  const services = compileServices(document.services ?? {}, compile, options.defaultArea);
  return { problems: problems.list, mappings, services };
}

function reportUnmapped(document: MappingDocument, manifest: ManifestView, problems: Problems): void {
  for (const { name } of manifest.streams)
    if (!Object.hasOwn(document.streams, name)) problems.add('/streams', 'MAPPING_STREAM_MISSING', { stream: name });
}
