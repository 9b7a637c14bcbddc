import { parseArgs } from 'node:util';
import { advance, MOST_DAYS } from './cli/advance.js';
import { fault } from './cli/fault.js';
import { remove, stop } from './cli/stop.js';
import { start } from './cli/start.js';
import { status } from './cli/status.js';
import { sourceCounts } from './cli/source-counts.js';
import { truth } from './cli/truth.js';
import { TownError } from './errors.js';
import { MOST_PEOPLE } from './generator/index.js';

const USAGE = `The demo town: four source systems as processes of their own.
  start  [--people N] [--seed S] [--dir D]   run until Ctrl-C (a second start revives systems that ended)
  status [--dir D] [--json]                  what runs, and where
  truth  [--dir D] [--json | --ndjson]       who is who
  truth  --source-counts [--json]            what a complete reading of every list holds today
  advance --days N [--json]                  days pass, also for a running town
  fault  <source> <kind> [--stream S] [--after N] [--times N] [--for 30s|5m] [--ms N] [--seconds N] [--code C]
  fault  [--list] [--json]                   faults in force, and which there are
  fault  --clear [<source> [<kind>]]         end them
  stop   [--dir D]                           stop it; its data stay
  remove [--dir D] --yes                     stop it and delete its directory
`;

const options = {
  dir: { type: 'string', default: '.isthmus-town' },
  people: { type: 'string', default: '3000' },
  seed: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
  ndjson: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  stream: { type: 'string' },
  after: { type: 'string', default: '0' },
  times: { type: 'string' },
  for: { type: 'string' },
  ms: { type: 'string', default: '2000' },
  seconds: { type: 'string', default: '1' },
  code: { type: 'string', default: '01004' },
  clear: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  days: { type: 'string', default: '30' },
  'source-counts': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const MANY = 1_000_000_000;

/** A whole number of a flag between `low` and `high`. */
function number(flag: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= low && value <= high) return value;
  throw new TownError('TOWN_USAGE', `--${flag} is '${text}'`, `give a whole number from ${low} to ${high}`);
}

/** `90`, `90s` or `5m` as seconds. */
function seconds(flag: string, text: string): number {
  const [, count, unit] = /^(\d+)(s|m)?$/.exec(text) ?? [];
  return number(flag, count ?? text, 1, MANY) * (unit === 'm' ? 60 : 1);
}

async function main(argv: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
  const { dir } = values;
  switch (values.help ? 'help' : positionals[0]) {
    case 'start':
      return start({
        dir,
        people: number('people', values.people, 1, MOST_PEOPLE),
        seed: number('seed', values.seed, 0, 0xffff_ffff),
      });
    case 'stop':
      return stop(dir);
    case 'remove':
      return remove(dir, values.yes);
    case 'status':
      return status(dir, values.json);
    case 'advance':
      return advance(dir, number('days', values.days, 1, MOST_DAYS), values.json);
    case 'truth':
      if (values['source-counts']) return sourceCounts(dir, values.json);
      return truth(dir, values.json ? 'json' : values.ndjson ? 'ndjson' : 'summary');
    case 'fault':
      return fault(dir, {
        ...{ source: positionals[1], kind: positionals[2], stream: values.stream, code: values.code },
        after: number('after', values.after, 0, MANY),
        times: values.times === undefined ? undefined : number('times', values.times, 1, MANY),
        lasts: values.for === undefined ? undefined : seconds('for', values.for),
        ms: number('ms', values.ms, 0, MANY),
        seconds: number('seconds', values.seconds, 0, MANY),
        ...{ clear: values.clear, list: values.list, json: values.json },
      });
    case 'help':
      process.stdout.write(USAGE);
      return;
    default:
      throw new TownError('TOWN_USAGE', `unknown command '${positionals[0] ?? ''}'`, `one of:\n${USAGE}`);
  }
}

/** A reader that closes early (`| head`) is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await main(process.argv.slice(2));
  process.exitCode = 0;
} catch (error) {
  const usage = error instanceof TownError ? error : null;
  const text = usage
    ? `${usage.code}: ${usage.message}\n  cure: ${usage.cure}`
    : String((error as Error).stack ?? error);
  process.stderr.write(`${text}\n`);
  process.exitCode = usage?.code === 'TOWN_USAGE' ? 2 : 1;
}
