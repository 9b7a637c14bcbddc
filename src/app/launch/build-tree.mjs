import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const SKIPPED = /\.(spec|int-spec|e2e-spec|d)\.ts$/;

function* files(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

/** `src/x` becomes `dist/x`, `test/x` becomes `dist/test/x`: both as deep below the root as their source. */
const targetOf = (root, file) => {
  const path = relative(root, file);
  return join(root, 'dist', path.startsWith(`src${sep}`) ? path.slice(4) : path);
};

const sourcesOf = (root) =>
  [...files(join(root, 'src')), ...files(join(root, 'test'))].filter((file) => !SKIPPED.test(file));

const stampFileOf = (root) => join(root, 'dist', '.stamp');

/** What the sources are now: a digest over their names and bytes. */
export function stampOfSources(root) {
  const hash = createHash('sha256');
  for (const file of [...sourcesOf(root), join(root, '.swcrc')])
    hash.update(relative(root, file)).update(readFileSync(file));
  return hash.digest('hex');
}

/** What the sources were when `dist` was made; '' when it was not, or not to the end. */
export function stampOfBuild(root) {
  return existsSync(stampFileOf(root)) ? readFileSync(stampFileOf(root), 'utf8') : '';
}

/** Compiles sources to `dist` when their content changed. @returns null when nothing was to do. */
export async function build(root) {
  const from = Date.now();
  const sources = sourcesOf(root);
  const stamp = stampOfSources(root);
  const stampFile = stampFileOf(root);
  if (stampOfBuild(root) === stamp) return null;
  // Until it is done, what stands there belongs to no stamp.
  rmSync(stampFile, { force: true });
  const { transform } = await import('@swc/core');
  const outputs = new Set([stampFile]);
  await Promise.all(
    sources.map(async (file) => {
      const target = targetOf(root, file);
      const compiled = file.endsWith('.ts') ? target.slice(0, -3) + '.js' : target;
      outputs.add(compiled);
      mkdirSync(dirname(compiled), { recursive: true });
      if (!file.endsWith('.ts')) return cpSync(file, compiled);
      const { code, map } = await transform(readFileSync(file, 'utf8'), { filename: file, swcrc: true, root });
      const inPlace = relative(root, file).startsWith(`test${sep}`)
        ? code.replace(/(['"])((?:\.\.\/)+)src\//g, '$1$2')
        : code;
      outputs.add(`${compiled}.map`);
      writeFileSync(`${compiled}.map`, map ?? '');
      writeFileSync(`${compiled}.tmp`, `${inPlace}\n//# sourceMappingURL=${compiled.split(sep).at(-1)}.map\n`);
      renameSync(`${compiled}.tmp`, compiled);
    }),
  );
  for (const file of [...files(join(root, 'dist'))]) if (!outputs.has(file)) rmSync(file);
  writeFileSync(stampFile, stamp);
  return { files: sources.length, ms: Date.now() - from };
}
