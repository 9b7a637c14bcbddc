import { existsSync, rmSync } from 'node:fs';
import { TownError } from '../errors.js';
import { homeAt, openSettings, readJson, writeJson, type Home } from '../home.js';
import { onEnd } from '../leash.js';
import { identify, isRunning, type ProcessIdentity } from '../process-identity.js';
import { say } from '../progress.js';
import { Supervisor } from './supervisor.js';
import type { TownFile } from './town-file.js';

export interface StartOptions {
  dir: string;
  seed: number;
  people: number;
}

const WAIT_MS = 120_000;

/** The main process of a running town, or null. */
export function runningSupervisor(home: Home): ProcessIdentity | null {
  const found = readJson<ProcessIdentity>(home.supervisor);
  return found !== null && isRunning(found) ? found : null;
}

/** Asks the town that runs already to start what has ended, and waits until all four run. */
async function reviveOther(home: Home, other: ProcessIdentity): Promise<void> {
  process.kill(other.pid, 'SIGUSR2');
  const deadline = Date.now() + WAIT_MS;
  while (Date.now() < deadline) {
    if (!isRunning(other)) break;
    const file = existsSync(home.town) ? readJson<TownFile>(home.town) : null;
    if (file !== null && file.pids.every((pid) => isRunning(identify(pid)))) {
      say('main', `the town of process ${other.pid} runs with all its systems`);
      return;
    }
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new TownError(
    'TOWN_REVIVE',
    'the town that runs already did not revive its systems',
    'town stop, then town start',
  );
}

/** `town start`: runs the town until its parent, its input or a signal ends it. */
export async function start(options: StartOptions): Promise<void> {
  const home = homeAt(options.dir);
  const begun = performance.now();
  const { settings, made } = openSettings(home, options);
  const other = runningSupervisor(home);
  if (other !== null) return reviveOther(home, other);
  say(
    'main',
    `${made ? 'making' : 'resuming'} the town of seed ${settings.seed}, ${settings.people} people, in ${home.root}`,
  );
  const supervisor = new Supervisor(home, settings);
  let ending = false;
  const ended = new Promise<void>((done) =>
    onEnd((why) => {
      ending = true;
      say('main', `stopping (${why})`);
      supervisor
        .stop()
        .catch((error: unknown) => say('main', String(error)))
        .finally(done);
    }),
  );
  process.on('SIGUSR2', () => {
    supervisor.revive().catch((error: unknown) => say('main', (error as Error).message));
  });
  // Only now may others find us: an earlier signal would have ended this process.
  writeJson(home.supervisor, identify(process.pid));
  rmSync(home.town, { force: true });
  rmSync(home.faults, { force: true });
  const started = supervisor.revive();
  const alive = setInterval(() => undefined, 60_000);
  try {
    await Promise.race([started, ended]);
    started.then(
      () => say('main', `the town answers after ${((performance.now() - begun) / 1000).toFixed(1)} s`),
      () => undefined,
    );
    await ended;
  } catch (error) {
    // Told to end while starting: the systems were stopped, which is no failure of theirs.
    if (ending) return await ended;
    await supervisor.stop();
    throw error;
  } finally {
    clearInterval(alive);
    process.stdin.destroy();
  }
}
