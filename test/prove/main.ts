import { parseArgs } from 'node:util';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ProofReport } from '../bench/figures.js';
import { commit, machine } from '../bench/report.js';
import type { Proof, Suite } from './proof.js';

/** Suites by name; each file is loaded only when it is asked for. */
const SUITES: Record<string, () => Promise<Suite>> = {
  crash: async () => (await import('./crash.js')).crash,
  'crash-points': async () => (await import('./crash-points.js')).crashPoints,
  'crash-statements': async () => (await import('./crash-statements.js')).crashStatements,
  takeover: async () => (await import('./takeover.js')).takeover,
  'queue-loss': async () => (await import('./queue-loss.js')).queueLoss,
  'redis-loss': async () => (await import('./redis-loss.js')).redisLoss,
  push: async () => (await import('./push.js')).push,
  concurrency: async () => (await import('./concurrency.js')).concurrency,
  faults: async () => (await import('./faults.js')).faults,
  drift: async () => (await import('./drift.js')).drift,
  leak: async () => (await import('./leak.js')).leak,
  link: async () => (await import('./link.js')).link,
  evidence: async () => (await import('./evidence.js')).evidence,
  months: async () => (await import('./months.js')).months,
  stale: async () => (await import('./stale.js')).stale,
};

/** Replaces the result of one promise in a file of results, or adds it. */
function keepProof(file: string, proof: Proof): void {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ProofReport).proofs : [];
  const proofs = [...kept.filter(({ id }) => id !== proof.id), { ...proof, commit: commit() }];
  proofs.sort((a, b) => (a.id < b.id ? -1 : 1));
  writeFileSync(file, `${JSON.stringify({ machine: machine(), proofs } satisfies ProofReport, null, 2)}\n`);
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const { values, positionals } = parseArgs({
  options: {
    seed: { type: 'string', default: '20261101' },
    scale: { type: 'string', default: 'full' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const names = positionals.length ? positionals : Object.keys(SUITES);
const { scale } = values;
const unknown = names.filter((name) => !(name in SUITES));
if (values.help || unknown.length || !/^\d+$/.test(values.seed) || (scale !== 'full' && scale !== 'tenth')) {
  if (unknown.length) say(`no such suite: ${unknown.join(', ')}`);
  say(`npm run prove -- [${Object.keys(SUITES).join(' | ')}] … [--seed N] [--scale full|tenth] [--json FILE]`);
  process.exit(values.help ? 0 : 2);
}
let failed = 0;
for (const name of names) {
  const from = performance.now();
  const suite = await SUITES[name]!();
  const proofs = await suite({ seed: Number(values.seed), scale, say }).catch((error: Error) => {
    failed++;
    say(`${name}: ${error.stack ?? error.message}`);
    return [];
  });
  for (const proof of proofs) {
    process.stdout.write(`${JSON.stringify(proof)}\n`);
    if (values.json) keepProof(values.json, proof);
    if (!proof.pass) failed++;
  }
  say(
    `${name}: ${proofs.filter((one) => one.pass).length}/${proofs.length} in ${((performance.now() - from) / 1000).toFixed(1)} s`,
  );
}
process.exit(failed ? 1 : 0);
