import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { unlessStopped } from './interrupt.mjs';

/** Start time of a process: with the pid it names the process for good. */
const startOf = (pid) => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return fields[0] === 'Z' ? '' : fields[19];
  } catch {
    return '';
  }
};

const runs = (holder) => {
  try {
    const { pid, since } = JSON.parse(holder);
    process.kill(pid, 0);
    return startOf(pid) === since;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Makes `file` ours, whole or not at all. @returns what stands in it when it is another's. */
function take(file) {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, since: startOf(process.pid) }));
  try {
    linkSync(mine, file);
    return null;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(mine, { force: true });
  }
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A dead holder's lock is moved away; should it have become another's meanwhile, it is put back. */
function breakLock(file, holder) {
  const away = `${file}.${process.pid}.old`;
  try {
    renameSync(file, away);
    if (readFileSync(away, 'utf8') !== holder) linkSync(away, file);
  } catch {
    // Somebody was faster.
  }
  rmSync(away, { force: true });
}

/** Does `work` while no other process does it in this tree. One left by a killed process counts for nothing. */
export async function alone(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  for (let told = false; ;) {
    const holder = take(file);
    if (holder === null) break;
    if (!runs(holder)) {
      breakLock(file, holder);
      continue;
    }
    if (!told)
      process.stderr.write('另一个进程正在安装或构建,稍候 … / another process installs or builds; waiting …\n');
    told = true;
    await new Promise((next) => setTimeout(next, 200));
    await unlessStopped();
  }
  const free = () => rmSync(file, { force: true });
  process.on('exit', free);
  try {
    return await work();
  } finally {
    free();
    process.off('exit', free);
  }
}
