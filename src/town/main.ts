import { parseArgs } from 'node:util';
import { remove, stop } from './cli/stop.js';
import { start } from './cli/start.js';
import { status } from './cli/status.js';
import { truth } from './cli/truth.js';
import { TownError } from './errors.js';
import { MOST_PEOPLE } from './generator/index.js';

const USAGE = `The demo town: four source systems as processes of their own.
  start  [--people N] [--seed S] [--dir D]   run until Ctrl-C (a second start revives systems that ended)
  status [--dir D] [--json]                  what runs, and where
  truth  [--dir D] [--json | --ndjson]       who is who
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
  help: { type: 'boolean', default: false },
} as const;

/** A whole number of a flag between `low` and `high`. */
function number(flag: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= low && value <= high) return value;
  throw new TownError('TOWN_USAGE', `--${flag} is '${text}'`, `give a whole number from ${low} to ${high}`);
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
    case 'truth':
      return truth(dir, values.json ? 'json' : values.ndjson ? 'ndjson' : 'summary');
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
