// Runs before anything is installed or built: Node built-ins only, and no syntax newer than the oldest Node that may run it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const INSTALLED = join(ROOT, 'node_modules', '.isthmus-installed');
const say = (line) => process.stderr.write(line + '\n');

/** Ends the program with a message and its cure when Node is too old. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(
    `✘ NODE_TOO_OLD  需要 Node.js ≥ 20.19,现为 ${process.versions.node} / Node.js ≥ 20.19 is needed, this is ${process.versions.node}`,
  );
  say('  处理办法:安装 Node.js 20.19 或更新版本(nodejs.org) / Cure: install Node.js 20.19 or newer');
  process.exit(2);
}

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');

/** Installs the packages when there are none or the lock file changed. Says first what that will take. */
export function install() {
  const wanted = lockHash();
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return;
  say('首次安装:约 550 MB 磁盘、1–3 分钟、需要能访问 npm 仓库(此后可离线运行)');
  say('First install: about 550 MB of disk, 1–3 minutes, access to an npm registry (offline afterwards)');
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const from = Date.now();
  const done = spawnSync(
    npm[0],
    [...npm.slice(1), 'install', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev'],
    { cwd: ROOT, stdio: ['ignore', 2, 2] },
  );
  if (done.status !== 0) {
    say('✘ INSTALL_FAILED  依赖安装失败 / the packages could not be installed');
    say(
      '  处理办法:检查网络与磁盘,再执行一次同样的命令 / Cure: check network and disk, then run the same command again',
    );
    process.exit(3);
  }
  mkdirSync(dirname(INSTALLED), { recursive: true });
  writeFileSync(INSTALLED, lockHash());
  say(`✔ 依赖已安装 / packages installed  (${((Date.now() - from) / 1000).toFixed(1)} s)`);
}

/** Node, packages and build, each only when needed. */
export async function prepare() {
  requireNode();
  install();
  const { build } = await import('./build-tree.mjs');
  const made = await build(ROOT);
  if (made) say(`✔ 已构建 / built ${made.files} files  (${(made.ms / 1000).toFixed(1)} s)`);
}
