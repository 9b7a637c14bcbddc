import { setTimeout as pause } from 'node:timers/promises';

/** Deadlock, serialisation failure, unique violation: another worker was first; nothing was written. */
const CONFLICTS = new Set(['40P01', '40001', '23505']);
const ATTEMPTS = 5;

/** Runs a whole transaction again when it lost against another one. */
export async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (attempt === ATTEMPTS || code === undefined || !CONFLICTS.has(code)) throw error;
      await pause(attempt * 20 * Math.random());
    }
  }
}
