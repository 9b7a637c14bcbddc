import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPair, isScalar, parseDocument, visit } from 'yaml';
import { ConfigurationError } from '../../platform/kernel/index.js';
import type { ManifestView } from './mapping-document.js';
import { MappingError, Problems } from './problems.js';

/** An adapter's two data files, read and parsed; neither is checked here beyond being YAML. */
export interface LoadedAdapter<M = ManifestView & Record<string, unknown>> {
  manifest: M;
  mapping: unknown;
  /** SHA-256 (hex) over both files' bytes; a run refers to the adapter by it. */
  hash: string;
  manifestBytes: Buffer;
  mappingBytes: Buffer;
}

/** Reads `manifest.yaml` and `mapping.yaml` of a directory. Errors: ConfigurationError, MappingError. */
export function loadAdapter<M = ManifestView & Record<string, unknown>>(directory: string): LoadedAdapter<M> {
  return parseAdapter<M>(readPart(directory, 'manifest.yaml'), readPart(directory, 'mapping.yaml'));
}

/** The same from bytes, for adapters stored by their hash. */
export function parseAdapter<M = ManifestView & Record<string, unknown>>(
  manifestBytes: Buffer,
  mappingBytes: Buffer,
): LoadedAdapter<M> {
  return {
    manifest: parseYaml('manifest.yaml', manifestBytes) as M,
    mapping: parseYaml('mapping.yaml', mappingBytes),
    hash: adapterHash(manifestBytes, mappingBytes),
    manifestBytes,
    mappingBytes,
  };
}

/** Each file's length goes before its bytes, so that moving bytes from one to the other changes the hash. */
export function adapterHash(manifestBytes: Uint8Array, mappingBytes: Uint8Array): string {
  const hash = createHash('sha256');
  for (const bytes of [manifestBytes, mappingBytes]) hash.update(`${bytes.length}\n`).update(bytes);
  return hash.digest('hex');
}

function readPart(directory: string, file: string): Buffer {
  try {
    return readFileSync(join(directory, file));
  } catch (cause) {
    throw new ConfigurationError('MAPPING_FILE_MISSING', {
      origin: 'mapping',
      where: { file },
      params: { file },
      cause,
    });
  }
}

/**
 * YAML 1.2, keys unique. A key that is not text is refused: `01: …` would silently become `1`.
 */
function parseYaml(file: string, bytes: Buffer): unknown {
  const problems = new Problems(file);
  const document = parseDocument(bytes.toString('utf8'), { uniqueKeys: true, merge: true, version: '1.2' });
  for (const error of document.errors)
    problems.add('', 'MAPPING_YAML_BROKEN', { file, line: error.linePos?.[0].line ?? 0, what: error.code });
  visit(document, {
    Pair: (_at, pair) => {
      if (isPair(pair) && isScalar(pair.key) && pair.key.source !== '<<' && typeof pair.key.value !== 'string')
        problems.add('', 'MAPPING_YAML_KEY', { file, key: String(pair.key.source ?? pair.key.value) });
    },
  });
  if (problems.list.length > 0) throw new MappingError(problems.list);
  try {
    return document.toJS({ maxAliasCount: 20 }) as unknown;
  } catch {
    // Aliases of aliases multiply; the library counts them and gives up.
    throw new MappingError([
      { file, pointer: '', code: 'MAPPING_YAML_BROKEN', params: { file, line: 1, what: 'ALIASES' } },
    ]);
  }
}
