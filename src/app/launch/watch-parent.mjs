import { readFileSync } from 'node:fs';

const parentOf = (pid) => {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
};

/**
 * npm does not always hand a signal on to what it runs: a signal to npm alone leaves us behind. So we look whether
 * our parent, and a shell between npm and us, are still the ones that started us.
 */
export function watchParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && parentOf(parent) === grandparent) return;
    clearInterval(timer);
    process.emit('isthmus:orphaned');
  }, 300);
  timer.unref();
}
