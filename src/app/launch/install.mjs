import { createHash } from 'node:crypto';
import fs, { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './interrupt.mjs';

const say = (line) => process.stderr.write(`${line}\n`);
const PACKAGES_MB = 450;
const CACHE_MB = 200;
const DEMO_MB = 250;
const ALL_MB = PACKAGES_MB + CACHE_MB + DEMO_MB;

const stampOf = (root) => join(root, 'node_modules', '.isthmus-installed');
/** There while an installation is under way: one that was interrupted leaves packages that look whole and are not. */
const markOf = (root) => join(root, '.cache', 'installing');
const lockHash = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

/** True when the packages of the lock file are there, whoever installed them. */
export function isInstalled(root) {
  if (interrupted(root)) return false;
  const stamp = stampOf(root);
  const wanted = lockHash(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  if (!matchesLock(root)) return false;
  remember(stamp, wanted);
  return true;
}

/** Unless somebody has installed by hand since. */
function interrupted(root) {
  if (!existsSync(markOf(root))) return false;
  const done = join(root, 'node_modules', '.package-lock.json');
  return !existsSync(done) || fs.statSync(done).mtimeMs < fs.statSync(markOf(root)).mtimeMs;
}

function remember(stamp, wanted) {
  try {
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, wanted);
  } catch {
    // Another user's tree: it is looked through again next time.
  }
}

/** npm writes down what it has put into node_modules; a package meant for another system may be missing. */
function matchesLock(root) {
  const read = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8')).packages;
  try {
    const there = read('node_modules', '.package-lock.json');
    return Object.entries(read('package-lock.json')).every(
      ([path, one]) => path === '' || there[path]?.version === one.version || (one.optional && !isForUs(one)),
    );
  } catch {
    return false;
  }
}

function isForUs({ os, cpu, libc }) {
  const ours = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
  return [
    [os, process.platform],
    [cpu, process.arch],
    [libc, ours],
  ].every(([wanted, have]) => wanted === undefined || wanted.includes(have));
}

/** Installs the packages. Says first what that takes. */
export async function install(root) {
  say(
    `首次安装需要:磁盘约 ${ALL_MB} MB(依赖 ${PACKAGES_MB}、npm 缓存 ${CACHE_MB}、演示数据 ${DEMO_MB}),1–3 分钟,从 npm 仓库下载约 ${CACHE_MB} MB`,
  );
  say('此后可离线运行');
  say(
    `First install: about ${ALL_MB} MB of disk (packages ${PACKAGES_MB}, npm cache ${CACHE_MB}, demo data ${DEMO_MB}), 1–3 minutes, about ${CACHE_MB} MB from an npm registry`,
  );
  say('It runs offline afterwards');
  const { bavail, bsize } = fs.statfsSync(root);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free < PACKAGES_MB) {
    say(`✘ DISK_FULL  ${root} 只剩 ${free} MB / only ${free} MB are free in ${root}`);
    say('  处理办法:腾出空间后再执行同样的命令 / Cure: free some space, then run the same command again');
    process.exit(2);
  }
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const from = Date.now();
  if (interrupted(root)) rmSync(join(root, 'node_modules'), { recursive: true, force: true });
  mkdirSync(dirname(markOf(root)), { recursive: true });
  writeFileSync(markOf(root), '');
  const code = await run([...npm, 'install', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev'], root);
  if (code !== 0) {
    say('✘ INSTALL_FAILED  依赖安装失败(原因见上)/ the packages could not be installed (reason above)');
    say('  处理办法:检查网络、npm 仓库地址与磁盘,再执行同样的命令');
    say('  Cure: check the network, the npm registry setting and the disk, then run the same command again');
    process.exit(3);
  }
  rmSync(markOf(root), { force: true });
  remember(stampOf(root), lockHash(root));
  say(`✔ 依赖已安装 / packages installed  (${((Date.now() - from) / 1000).toFixed(1)} s)`);
}
