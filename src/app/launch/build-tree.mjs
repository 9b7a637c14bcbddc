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

/** Compiles sources to `dist` when their content changed. @returns null when nothing was to do. */
export async function build(root) {
  const from = Date.now();
  const sources = [...files(join(root, 'src')), ...files(join(root, 'test'))].filter((file) => !SKIPPED.test(file));
  const hash = createHash('sha256');
  for (const file of [...sources, join(root, '.swcrc')]) hash.update(relative(root, file)).update(readFileSync(file));
  const stamp = hash.digest('hex');
  const stampFile = join(root, 'dist', '.stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return null;
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
