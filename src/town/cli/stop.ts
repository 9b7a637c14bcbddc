import { existsSync, rmSync } from 'node:fs';
import { TownError } from '../errors.js';
import { homeAt } from '../home.js';
import { isRunning } from '../process-identity.js';
import { say } from '../progress.js';
import { runningSupervisor } from './start.js';

const GIVE_UP_MS = 15_000;

/** `town stop`: asks the running town to end and waits for it; its data stay. */
export async function stop(dir: string): Promise<void> {
  const home = homeAt(dir);
  const other = runningSupervisor(home);
  if (other === null) {
    say('main', `no town runs in ${home.root}`);
    return;
  }
  process.kill(other.pid, 'SIGTERM');
  const deadline = Date.now() + GIVE_UP_MS;
  while (isRunning(other)) {
    if (Date.now() > deadline) process.kill(other.pid, 'SIGKILL');
    await new Promise((next) => setTimeout(next, 50));
  }
  say('main', 'the town has stopped');
}

/** `town remove --yes`: stops the town and deletes its directory. */
export async function remove(dir: string, yes: boolean): Promise<void> {
  const home = homeAt(dir);
  if (!existsSync(home.root)) {
    say('main', `nothing to remove in ${home.root}`);
    return;
  }
  if (!existsSync(home.settings)) {
    throw new TownError('TOWN_NOT_OURS', `${home.root} is no town's directory`, "give the town's --dir");
  }
  if (!yes) {
    throw new TownError('TOWN_CONFIRM', `this deletes ${home.root}`, 'say so: town remove --yes');
  }
  await stop(dir);
  rmSync(home.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  say('main', `${home.root} is removed`);
}
