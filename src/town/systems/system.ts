import { parseArgs } from 'node:util';
import { TownError } from '../errors.js';
import { homeAt, readSettings, type Home, type Settings, type SystemName } from '../home.js';
import { Town } from '../generator/index.js';
import { readClock, type Clock } from '../clock.js';
import { liveDays, type Changes } from '../days/index.js';
import { onEnd } from '../leash.js';
import { say } from '../progress.js';
import { watchTown } from './watch.js';

export interface SystemContext {
  home: Home;
  settings: Settings;
  town: Town;
  /** What the days have made of the town. */
  changes: Changes;
  clock: Clock;
}

/** A system that answers. */
export interface RunningSystem {
  /** 0 where the system has none. */
  port: number;
  /** Serves another day from now on, with the faults that are in force now. */
  serve(changes: Changes, clock: Clock): Promise<void>;
  stop(): Promise<void>;
}

/** The line a system prints on standard output once it answers. */
export interface ReadyLine {
  ready: SystemName;
  port: number;
}

/** Runs one system as a process: start, say so, serve until told to end. */
export async function runSystem(
  name: SystemName,
  start: (context: SystemContext) => Promise<RunningSystem>,
): Promise<void> {
  const { values } = parseArgs({ options: { dir: { type: 'string' } } });
  let stop: () => Promise<void> = async () => {};
  let ending = false;
  onEnd((why) => {
    ending = true;
    stop()
      .catch((error: unknown) => say(name, `did not stop cleanly: ${String(error)}`))
      .finally(() => {
        say(name, `stopped (${why})`);
        process.exit(0);
      });
  });
  try {
    const home = homeAt(values.dir ?? '.isthmus-town');
    const settings = readSettings(home);
    const town = new Town(settings);
    const clock = readClock(home);
    let changes = liveDays(town, clock.day);
    const running = await start({ home, settings, town, changes, clock });
    const unwatch = watchTown(home, name, async (now) => {
      if (now.day !== changes.day) changes = liveDays(town, now.day);
      await running.serve(changes, now);
    });
    stop = () => {
      unwatch();
      return running.stop();
    };
    if (ending) return await running.stop();
    const line: ReadyLine = { ready: name, port: running.port };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  } catch (error) {
    const known = error instanceof TownError ? `${error.code} ${error.message}` : undefined;
    say(name, `failed: ${known ?? (error as Error).stack ?? String(error)}`);
    process.exit(1);
  }
}
