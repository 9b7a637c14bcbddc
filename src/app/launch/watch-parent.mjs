import { readFileSync } from 'node:fs';

const read = (pid, file) => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};
const parentOf = (pid) => Number(/^PPid:\s*(\d+)/m.exec(read(pid, 'status'))?.[1] ?? 0);
/** A shell that npm put between itself and us; many a shell steps aside for its only command. */
const isShell = (pid) => /^(da|ba|a|k|z)?sh$/.test(read(pid, 'comm').trim()) && read(pid, 'cmdline').includes('\0-c\0');

/**
 * npm does not always hand a signal on to what it runs: a signal to npm alone leaves us behind. So we look whether
 * npm, and a shell between npm and us, are still the ones that started us, and emit `isthmus:orphaned` for as long as
 * they are not.
 */
export function watchParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const beyond = isShell(parent) ? parentOf(parent) : null;
  setInterval(() => {
    if (process.ppid === parent && (beyond === null || parentOf(parent) === beyond)) return;
    process.emit('isthmus:orphaned');
  }, 300).unref();
}
