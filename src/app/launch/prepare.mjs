// Runs before anything is installed or built: Node built-ins only.
import './require-node.cjs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, isInstalled } from './install.mjs';
import { heedSignals, stopHeeding } from './interrupt.mjs';
import { alone } from './lock.mjs';
import { watchParent } from './watch-parent.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

async function isBuilt() {
  const { stampOfSources, stampOfBuild } = await import('./build-tree.mjs');
  return stampOfSources(ROOT) === stampOfBuild(ROOT);
}

/**
 * Node, packages and build, each only when needed, by one process at a time; a signal stops it without leaving anything
 * behind. With `staying`, signals are heeded until the program does so itself.
 */
export async function prepare({ staying = false } = {}) {
  watchParent();
  heedSignals();
  if (!isInstalled(ROOT) || !(await isBuilt()))
    await alone(join(ROOT, '.cache', 'prepare.lock'), async () => {
      if (!isInstalled(ROOT)) await install(ROOT);
      const { build } = await import('./build-tree.mjs');
      const made = await build(ROOT);
      if (made) process.stderr.write(`✔ 已构建 / built ${made.files} files  (${(made.ms / 1000).toFixed(1)} s)\n`);
    });
  if (!staying) await stopHeeding();
}
