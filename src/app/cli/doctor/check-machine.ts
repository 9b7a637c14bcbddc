import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { openKeyring } from '../../runtime/open-keyring.js';
import { readRunFile } from '../../runtime/run-file.js';
import type { CommandContext } from '../context.js';
import { when } from '../terminal.js';
import { bad, broken, good, skipped, type Finding } from './finding.js';

const ENOUGH_MB = 2_000;
const LEAST_MB = 300;

/** Node, data directory, disk, keys, port and the program itself. */
export async function checkMachine(context: CommandContext): Promise<Finding[]> {
  return [
    good('node', `Node.js ${process.versions.node} · ${process.platform}-${process.arch}`),
    checkDirectory(context),
    checkDisk(context),
    ...(await checkKeys(context)),
    await checkProgram(context),
  ];
}

/** The directory itself, or the nearest above it that exists. */
function existing(directory: string): string {
  return existsSync(directory) || directory === dirname(directory) ? directory : existing(dirname(directory));
}

function checkDirectory(context: CommandContext): Finding {
  const { dataDir } = context.config;
  try {
    accessSync(existing(dataDir), constants.W_OK | constants.X_OK);
    return good('data-directory', dataDir);
  } catch {
    return bad(context, 'data-directory', 'FAIL', 'DATA_DIR_UNWRITABLE', { file: dataDir });
  }
}

/** Room on the disk of the data directory; less than `leastMb` is none. */
export function checkDisk(context: CommandContext, { enoughMb = ENOUGH_MB, leastMb = LEAST_MB } = {}): Finding {
  const { bavail, bsize } = statfsSync(existing(context.config.dataDir));
  const free = Math.floor((Number(bavail) * Number(bsize)) / 1e6);
  if (free < enoughMb) return bad(context, 'disk', free < leastMb ? 'FAIL' : 'WARN', 'DOCTOR_DISK', { free });
  return good('disk', context.words(`可用 ${(free / 1000).toFixed(1)} GB`, `${(free / 1000).toFixed(1)} GB free`));
}

export async function checkKeys(context: CommandContext): Promise<Finding[]> {
  const { keysDir } = context.config;
  if (!existsSync(keysDir)) return [bad(context, 'keys', 'WARN', 'DOCTOR_KEYS_NEW')];
  try {
    const keyring = await openKeyring(context.config, { create: false });
    keyring.close();
    const backup = await keyring.backupStatus();
    return [
      good('keys', `${keysDir} · ${context.words('指纹', 'fingerprint')} ${keyring.fingerprint}`),
      backup.state === 'current'
        ? good('keys-backup', `${context.words('已备份于', 'backed up')} ${when(backup.at)}`)
        : bad(context, 'keys-backup', 'WARN', 'DOCTOR_KEYS_BACKUP', { state: backup.state }),
    ];
  } catch (error) {
    return [broken(context, 'keys', error)];
  }
}

async function checkProgram(context: CommandContext): Promise<Finding> {
  const { config, words } = context;
  const running = readRunFile(config.dataDir);
  if (running?.httpUrl) {
    const status = await fetch(`${running.httpUrl}/readyz`, { signal: AbortSignal.timeout(5000) })
      .then((answer) => answer.status)
      .catch(() => 0);
    if (status === 200)
      return good('program', `${words('运行中', 'running')} · ${running.httpUrl} · pid ${running.pid}`);
    return bad(context, 'program', 'FAIL', 'DOCTOR_NOT_READY', { status });
  }
  if (await isFree(config.host, config.port))
    return skipped('program', words(`未运行;端口 ${config.port} 空闲`, `not running; port ${config.port} is free`));
  return bad(context, 'program', 'WARN', 'DOCTOR_PORT', { host: config.host, port: config.port });
}

const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, host, () => probe.close(() => done(true)));
  });
