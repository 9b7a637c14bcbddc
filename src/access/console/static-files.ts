import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** One thing the console serves, whole in memory. */
export interface StaticFile {
  type: string;
  body: Buffer;
  /** Strong validator: the hash of the bytes. */
  etag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
};

export const INDEX = 'index.html';
export const ASSETS = '/console/';

export function staticFile(body: Buffer, extension: string): StaticFile {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 27);
  return { body, type: TYPES[extension]!, etag: `"${hash}"` };
}

/**
 * Everything below a folder by the path it is served under: `index.html` at `/`, the rest below `/console/`. Read
 * once: a request chooses from this table and never touches the disk, so no path can lead out of it.
 */
export function staticFiles(folder: string): Map<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const extension = extname(entry.name);
    if (!entry.isFile() || !Object.hasOwn(TYPES, extension)) continue;
    const file = join(entry.parentPath, entry.name);
    const name = relative(folder, file).split(sep).join('/');
    files.set(name === INDEX ? '/' : `${ASSETS}${name}`, staticFile(readFileSync(file), extension));
  }
  return files;
}
