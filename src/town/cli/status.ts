import { existsSync } from 'node:fs';
import { dateOf, readClock } from '../clock.js';
import { homeAt, readJson, readSettings, SYSTEMS } from '../home.js';
import { identify, isRunning } from '../process-identity.js';
import { describeFault, faultsInForce } from './fault.js';
import { runningSupervisor } from './start.js';
import type { TownFile } from './town-file.js';

const ADDRESS: Record<string, (settings: Record<string, unknown>) => string> = {
  property: (settings) => `postgresql://${settings['host']}:${settings['port']}/${settings['database']}`,
  telecom: (settings) => String(settings['baseUrl']),
  police: (settings) => String(settings['directory']),
  civil: (settings) => String(settings['endpoint']),
};

/** `town status`: what runs and where; never a password. */
export function status(dir: string, json: boolean): void {
  const home = homeAt(dir);
  const settings = readSettings(home);
  const file = existsSync(home.town) ? readJson<TownFile>(home.town) : null;
  const systems = SYSTEMS.map((name) => {
    const pid = file?.processes[name] ?? null;
    const running = pid !== null && isRunning(identify(pid));
    return { name, pid, running, address: file ? ADDRESS[name]!(file.sources[name].settings) : null };
  });
  const supervisor = runningSupervisor(home)?.pid ?? null;
  const faults = supervisor === null ? [] : faultsInForce(home);
  const { day } = readClock(home);
  const asOf = dateOf(day);
  const state = {
    directory: home.root,
    seed: settings.seed,
    people: settings.people,
    day,
    asOf,
    supervisor,
    systems,
    faults,
  };
  if (json) {
    process.stdout.write(`${JSON.stringify(state)}\n`);
    return;
  }
  process.stdout.write(`${home.root} · seed ${settings.seed} · ${settings.people} people · ${asOf} (day ${day})\n`);
  process.stdout.write(supervisor === null ? 'stopped\n' : `running as process ${supervisor}\n`);
  for (const { name, pid, running, address } of systems) {
    process.stdout.write(`  ${name.padEnd(9)} ${running ? 'running' : 'stopped'} ${pid ?? '-'} ${address ?? ''}\n`);
  }
  for (const fault of faults) process.stdout.write(`  fault     ${describeFault(fault)}\n`);
}
