import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepare, ROOT } from './prepare.mjs';

await prepare();
const bin = (name) => join(ROOT, 'node_modules', '.bin', name);
const steps = [
  ['types', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  ['lint', bin('eslint'), ['.']],
  ['format', bin('prettier'), ['--check', '--log-level=warn', '.']],
  ['generated files', process.execPath, [join('dist', 'app', 'generate', 'main.js'), '--check']],
  ['architecture', process.execPath, [join('src', 'app', 'launch', 'test.mjs'), 'test/architecture']],
];
let failed = 0;
for (const [name, command, args] of steps) {
  const from = Date.now();
  const done = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' });
  const good = done.status === 0;
  if (!good) failed++;
  process.stderr.write(`${good ? '✔' : '✘'} ${name}  (${((Date.now() - from) / 1000).toFixed(1)} s)\n`);
}
process.exit(failed ? 1 : 0);
