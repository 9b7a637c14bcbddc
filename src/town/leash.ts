import { fstatSync } from 'node:fs';

/**
 * Calls `end` once when this process should stop: SIGTERM or SIGINT, its standard input (a pipe) closes, or its
 * parent is gone. A child of a killed parent so never outlives it by more than a second.
 */
export function onEnd(end: (why: string) => void): void {
  let ended = false;
  const once = (why: string): void => {
    if (ended) return;
    ended = true;
    end(why);
  };
  process.on('SIGTERM', () => once('SIGTERM'));
  process.on('SIGINT', () => once('SIGINT'));
  process.on('SIGHUP', () => once('SIGHUP'));
  if (isPipe(0)) {
    process.stdin.on('end', () => once('stdin closed'));
    process.stdin.on('close', () => once('stdin closed'));
    process.stdin.on('error', () => once('stdin closed'));
    process.stdin.resume();
  }
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) once('parent gone');
  }, 500).unref();
}

function isPipe(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}
