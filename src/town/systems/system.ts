import { parseArgs } from 'node:util';
import { TownError } from '../errors.js';
import { homeAt, readSettings, type Home, type Settings, type SystemName } from '../home.js';
import { Town } from '../generator/index.js';
import { onEnd } from '../leash.js';
import { say } from '../progress.js';

export interface SystemContext {
  home: Home;
  settings: Settings;
  town: Town;
}

/** A system that answers. */
export interface RunningSystem {
  /** 0 where the system has none. */
  port: number;
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
    const running = await start({ home, settings, town: new Town(settings) });
    stop = () => running.stop();
    if (ending) return await running.stop();
    const line: ReadyLine = { ready: name, port: running.port };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  } catch (error) {
    const known = error instanceof TownError ? `${error.code} ${error.message}` : undefined;
    say(name, `failed: ${known ?? (error as Error).stack ?? String(error)}`);
    process.exit(1);
  }
}
