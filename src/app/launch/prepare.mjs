// Runs before anything is installed or built: Node built-ins only.
import './require-node.cjs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, isInstalled } from './install.mjs';
import { heedSignals, stopHeeding } from './interrupt.mjs';
import { alone } from './lock.mjs';
import { watchParent } from './watch-parent.mjs';

const say = (line) => process.stderr.write(`${line}\n`);
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

async function isBuilt() {
  const { stampOfSources, stampOfBuild } = await import('./build-tree.mjs');
  return stampOfSources(ROOT) === stampOfBuild(ROOT);
}

async function installAndBuild() {
  if (!isInstalled(ROOT)) await install(ROOT);
  const { build } = await import('./build-tree.mjs');
  const made = await build(ROOT);
  if (made) say(`✔ 已构建 / built ${made.files} files  (${(made.ms / 1000).toFixed(1)} s)`);
}

/** A tree that cannot be written is the operator's to change; any other error is ours and keeps its stack. */
function refuse(error) {
  if (error.code === 'ENOSPC') {
    say(`✘ DISK_FULL  ${ROOT} 所在的磁盘没有空间了 / the disk that holds ${ROOT} is full`);
    say('  处理办法:腾出空间后再执行同样的命令 / Cure: free some space, then run the same command again');
  } else if (['EACCES', 'EPERM', 'EROFS'].includes(error.code)) {
    say(
      `✘ TREE_UNWRITABLE  ${error.path ?? ROOT} 不可写,无法安装或构建 / cannot be written, so nothing can be installed or built`,
    );
    say('  处理办法:以拥有此目录的用户执行,或先由其执行 npm run build');
    say('  Cure: run this as the user who owns the directory, or have that user run npm run build first');
  } else throw error;
  process.exit(2);
}

/**
 * Node, packages and build, each only when needed, by one process at a time; a signal stops it without leaving anything
 * behind. With `staying`, signals are heeded until the program does so itself.
 */
export async function prepare({ staying = false } = {}) {
  watchParent();
  heedSignals();
  try {
    if (!isInstalled(ROOT) || !(await isBuilt())) await alone(join(ROOT, '.cache', 'prepare.lock'), installAndBuild);
  } catch (error) {
    refuse(error);
  }
  if (!staying) await stopHeeding();
}
