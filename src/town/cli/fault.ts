import { existsSync } from 'node:fs';
import { TownError } from '../errors.js';
import { readFaults, writeFaults } from '../faults/fault-book.js';
import { FAULTS, STREAMS, type Fault } from '../faults/kinds.js';
import { homeAt, readSettings, SYSTEMS, type Home, type SystemName } from '../home.js';
import { hasTaken } from './taken.js';
import { runningSupervisor } from './start.js';

export interface FaultOptions {
  source: string | undefined;
  kind: string | undefined;
  stream: string | undefined;
  after: number;
  times: number | undefined;
  /** Seconds. */
  lasts: number | undefined;
  ms: number;
  seconds: number;
  code: string;
  clear: boolean;
  list: boolean;
  json: boolean;
}

/** Faults that have not ended by themselves. */
export const faultsInForce = (home: Home): Fault[] =>
  readFaults(home).faults.filter((fault) => (fault.until ?? Infinity) > Date.now());

/** `stream`, counts and end of a fault in one line. */
export function describeFault(fault: Fault): string {
  const parts = [`${fault.source} ${fault.kind}`];
  if (fault.stream !== undefined) parts.push(`stream ${fault.stream}`);
  if (fault.after > 0) parts.push(`after ${fault.after} requests`);
  if (fault.times !== undefined) parts.push(`${fault.times} times`);
  if (fault.until !== undefined) parts.push(`for ${Math.max(0, Math.ceil((fault.until - Date.now()) / 1000))} s more`);
  return parts.join(' · ');
}

const usage = (message: string, cure: string): TownError => new TownError('TOWN_USAGE', message, cure);

/** `town fault <source> <kind>`, `--list`, `--clear`: what the running systems do wrong from now on. */
export async function fault(dir: string, options: FaultOptions): Promise<void> {
  const home = homeAt(dir);
  readSettings(home);
  if (options.clear) return clear(home, options);
  if (options.list || options.source === undefined) return list(home, options.json);
  await order(home, options);
}

async function order(home: Home, options: FaultOptions): Promise<void> {
  const source = systemOf(options.source!);
  const known = FAULTS[options.kind ?? ''];
  if (known === undefined) {
    throw usage(`unknown fault '${options.kind ?? ''}'`, `one of: ${Object.keys(FAULTS).join(' ')}`);
  }
  if (!known.systems.includes(source)) {
    throw usage(`${source} cannot have the fault ${options.kind}`, `it happens to: ${known.systems.join(' ')}`);
  }
  const { stream } = options;
  if (stream !== undefined && !STREAMS[source].includes(stream)) {
    throw usage(`${source} has no stream '${stream}'`, `one of: ${STREAMS[source].join(' ')}`);
  }
  if (runningSupervisor(home) === null) {
    throw new TownError('TOWN_STOPPED', 'a town that does not run has no faults', 'start it first: town start');
  }
  const faults = faultsInForce(home);
  const made: Fault = {
    // Never given twice: the systems count requests by it.
    id: readFaults(home).version + 1,
    ...{ source, kind: options.kind!, after: options.after, ms: options.ms },
    ...{ seconds: options.seconds, code: options.code },
    ...(stream === undefined ? {} : { stream }),
    ...(options.times === undefined ? {} : { times: options.times }),
    ...(options.lasts === undefined ? {} : { until: Date.now() + options.lasts * 1000 }),
  };
  const changed = writeFaults(home, [...faults, made]);
  await hasTaken(home, [source], ({ faults: version }) => version >= changed);
  process.stdout.write(options.json ? `${JSON.stringify(made)}\n` : `${describeFault(made)}\n`);
}

async function clear(home: Home, { source, kind, json }: FaultOptions): Promise<void> {
  const only = source === undefined ? null : systemOf(source);
  const gone = (fault: Fault): boolean =>
    (only === null || fault.source === only) && (kind === undefined || fault.kind === kind);
  const faults = faultsInForce(home);
  const left = faults.filter((fault) => !gone(fault));
  const changed = existsSync(home.faults) ? writeFaults(home, left) : 0;
  await hasTaken(home, only === null ? SYSTEMS : [only], ({ faults: version }) => version >= changed);
  const cleared = faults.filter(gone);
  process.stdout.write(json ? `${JSON.stringify({ cleared })}\n` : `${cleared.length} faults cleared\n`);
}

function list(home: Home, json: boolean): void {
  const faults = faultsInForce(home);
  if (json) return void process.stdout.write(`${JSON.stringify({ faults, kinds: FAULTS })}\n`);
  for (const one of faults) process.stdout.write(`in force: ${describeFault(one)}\n`);
  if (faults.length === 0) process.stdout.write('no fault is in force\n');
  for (const [kind, { systems, says }] of Object.entries(FAULTS)) {
    process.stdout.write(`  ${kind.padEnd(20)} ${says}  [${systems.join(' ')}]\n`);
  }
}

function systemOf(name: string): SystemName {
  const found = SYSTEMS.find((system) => system === name);
  if (found === undefined) throw usage(`unknown source '${name}'`, `one of: ${SYSTEMS.join(' ')}`);
  return found;
}
