import { benchQuery } from './query.js';
import { benchSync } from './sync.js';
import { benchTown } from './town.js';
import { benchWorkers } from './workers.js';
import { writeFigures } from './figures.js';
import { commit, machine, printReport, type Result } from './report.js';

const SUITES: Record<string, () => Promise<Result[]>> = {
  sync: benchSync,
  workers: benchWorkers,
  query: benchQuery,
  town: benchTown,
};

const args = process.argv.slice(2);
if (args.includes('--readme')) {
  process.stdout.write(`${(await writeFigures()).join('\n') || 'unchanged'}\n`);
  process.exit(0);
}
const jsonAt = args.indexOf('--json');
const file = jsonAt >= 0 ? args.splice(jsonAt, 2)[1] : undefined;
if (args.includes('--help')) {
  process.stdout.write(`npm run bench -- [--json FILE | --readme] [${Object.keys(SUITES).join('] [')}]\n`);
  process.exit(0);
}
const wanted = args.length ? args : Object.keys(SUITES);
const results: Result[] = [];
for (const name of wanted) {
  const suite = SUITES[name];
  if (!suite) {
    process.stderr.write(`no such suite: ${name}; there are: ${Object.keys(SUITES).join(', ')}\n`);
    process.exit(2);
  }
  results.push(...(await suite()));
}
printReport({ machine: machine(), commit: commit(), results }, file);
