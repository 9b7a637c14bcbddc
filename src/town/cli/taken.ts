import { TownError } from '../errors.js';
import { readJson, type Home, type SystemName } from '../home.js';
import { identify, isRunning } from '../process-identity.js';
import { readApplied, type Applied } from '../systems/watch.js';
import { runningSupervisor } from './start.js';
import type { TownFile } from './town-file.js';

const WAIT_MS = 600_000;

/**
 * Waits until the running ones of these systems have taken over what was ordered. One that does not run will begin
 * with it.
 *
 * @throws TownError TOWN_SLOW.
 */
export async function hasTaken(
  home: Home,
  systems: readonly SystemName[],
  taken: (applied: Applied) => boolean,
): Promise<void> {
  const file = runningSupervisor(home) === null ? null : readJson<TownFile>(home.town);
  const deadline = Date.now() + WAIT_MS;
  for (const name of systems) {
    if (file === null) return;
    const system = identify(file.processes[name]);
    for (;;) {
      const applied = readApplied(home, name);
      if (!isRunning(system) || (applied !== null && taken(applied))) break;
      if (Date.now() > deadline) {
        throw new TownError(
          'TOWN_SLOW',
          `${name} has not taken it over`,
          'read its lines; then town stop and town start',
        );
      }
      await new Promise((next) => setTimeout(next, 30));
    }
  }
}
