import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError, FatalError, RetriableError } from '../../../../platform/kernel/index.js';
import type { FileBlock } from './block.js';

export interface Delivery {
  name: string;
  path: string;
  size: number;
  /** When the delivery became complete. */
  completeAt: Date;
  /** Rows that the marker promises. */
  rows?: number;
}

/**
 * The complete files of a stream in name order (drop folders carry the date in the name).
 * A file whose marker is missing is not complete yet and is left out.
 *
 * @throws ConfigurationError CONNECTOR_DIRECTORY; FatalError CONNECTOR_MARKER_UNREADABLE; RetriableError
 * CONNECTOR_FILE_MISSING when the last marker's file is not there: what lies before it is not the latest.
 */
export async function completeDeliveries(directory: string, block: FileBlock, stream: string): Promise<Delivery[]> {
  const names = new Set(await list(directory));
  const wanted = patternOf(block.pattern);
  const found: Delivery[] = [];
  for (const name of [...names].filter((candidate) => wanted.test(candidate)).sort()) {
    if (block.marker && (name.endsWith(block.marker) || !names.has(name + block.marker))) continue;
    const delivery = await describe(directory, name, block, stream);
    if (delivery) found.push(delivery);
  }
  const orphan = block.marker === undefined ? null : lastOrphan(names, block.marker, wanted);
  if (orphan !== null && orphan > (found.at(-1)?.name ?? ''))
    throw new RetriableError('CONNECTOR_FILE_MISSING', {
      origin: 'source',
      where: { stream, file: orphan },
      params: { marker: block.marker! },
    });
  return found;
}

/** The last file by name that has a marker and is not there itself. */
function lastOrphan(names: ReadonlySet<string>, marker: string, wanted: RegExp): string | null {
  const promised = [...names].filter((name) => name.endsWith(marker)).map((name) => name.slice(0, -marker.length));
  return (
    promised
      .filter((name) => wanted.test(name) && !names.has(name))
      .sort()
      .at(-1) ?? null
  );
}

/** Files that come together (a copied folder) differ by less. */
const TOGETHER_MS = 2_000;

/** The delivery that arrived last, where it is another than the last by name, which is the one that is read. */
export function laterThanLast(deliveries: readonly Delivery[]): Delivery | null {
  const last = deliveries.at(-1);
  if (!last) return null;
  const newest = deliveries.reduce((one, other) => (other.completeAt > one.completeAt ? other : one), last);
  return newest.completeAt.getTime() - last.completeAt.getTime() > TOGETHER_MS ? newest : null;
}

/** @throws RetriableError CONNECTOR_FILE_MISSING or CONNECTOR_MARKER_MISSING when there is nothing complete to read. */
export async function nothingComplete(directory: string, block: FileBlock, stream: string): Promise<never> {
  const wanted = patternOf(block.pattern);
  const waiting = (await list(directory)).filter(
    (name) => wanted.test(name) && !(block.marker && name.endsWith(block.marker)),
  );
  const where = { stream, file: waiting.at(-1) ?? block.pattern };
  throw new RetriableError(waiting.length > 0 ? 'CONNECTOR_MARKER_MISSING' : 'CONNECTOR_FILE_MISSING', {
    origin: 'source',
    where,
    params: { marker: block.marker ?? '' },
  });
}

async function list(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (cause) {
    throw new ConfigurationError('CONNECTOR_DIRECTORY', {
      where: { setting: 'directory', file: directory },
      params: { reason: (cause as NodeJS.ErrnoException).code ?? 'unreadable' },
      cause,
    });
  }
}

async function describe(directory: string, name: string, block: FileBlock, stream: string): Promise<Delivery | null> {
  const path = join(directory, name);
  try {
    const file = await stat(path);
    if (!file.isFile()) return null;
    if (!block.marker) return { name, path, size: file.size, completeAt: file.mtime };
    const marker = path + block.marker;
    const completeAt = (await stat(marker)).mtime;
    if (!block.markerRows) return { name, path, size: file.size, completeAt };
    return {
      name,
      path,
      size: file.size,
      completeAt,
      rows: markerRows(await readFile(marker, 'latin1'), stream, name),
    };
  } catch (cause) {
    // Taken away between listing and looking: as if it had never been listed.
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw cause;
  }
}

/** `rows=<n>`, `rows: <n>` or a bare number. */
function markerRows(text: string, stream: string, file: string): number {
  const match = /^\s*(?:rows\s*[=:]\s*)?(\d{1,12})\s*$/im.exec(text);
  if (match) return Number(match[1]);
  throw new FatalError('CONNECTOR_MARKER_UNREADABLE', { origin: 'source', where: { stream, file } });
}

/** `*` and `?`; all else is literal. */
export function patternOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replace(/\*/g, '[^/]*')
    .replace(/\?/g, '[^/]');
  return new RegExp(`^${source}$`, 'u');
}
