import { join } from 'node:path';
import { faultLines, type FaultLine } from '../../src/app/generate/emit-faults.js';
import { ROOT } from '../kit/built.js';
import { faultBench, type FaultBench } from '../kit/fault-bench.js';
import { provePaused } from './paused.js';
import { Proofs, type Proof, type SuiteOptions } from './proof.js';

export const FAULT_LINES: readonly FaultLine[] = faultLines(join(ROOT, 'schemas/adapter/faults.json'));

/** The engine's answer to each fault is as the table says, and nothing is lost, doubled or wrongly deleted by it. */
export const faults = async (options: SuiteOptions): Promise<Proof[]> => [
  ...(await proveLines('fault', options)),
  ...(await provePaused(options)),
];

/** Each of the twelve drifts is told apart and held, set aside or harmless; none is absorbed in silence. */
export const drift = (options: SuiteOptions): Promise<Proof[]> => proveLines('drift', options);

async function proveLines(group: FaultLine['group'], options: SuiteOptions): Promise<Proof[]> {
  const bench = await syncedBench(options);
  const proofs = new Proofs(group === 'fault' ? 'faults' : 'drift', options.seed);
  try {
    for (const line of FAULT_LINES.filter((one) => one.group === group)) {
      await proveLine(bench, line, proofs);
      options.say(`${group}: ${line.id}`);
    }
    return proofs.all;
  } finally {
    await bench.close();
  }
}

/** A town of the proof's size, synced once. @throws Error when a stream did not succeed. */
export async function syncedBench({ seed, scale }: Pick<SuiteOptions, 'seed' | 'scale'>): Promise<FaultBench> {
  const bench = await faultBench({ seed, people: scale === 'full' ? 3000 : 300 });
  for (const source of ['police', 'civil', 'telecom', 'property'] as const)
    for (const [stream, run] of await bench.start(source)) {
      const { state, code } = await bench.finish(run);
      if (state !== 'SUCCEEDED') throw new Error(`${source} ${stream}: ${state} ${code}`);
    }
  return bench;
}

/** One line of the table: what happens at once, what is stored meanwhile, and what a sync makes of it afterwards. */
export async function proveLine(bench: FaultBench, line: FaultLine, proofs: Proofs): Promise<void> {
  const { id, source, stream } = line;
  const before = await bench.digest(source);
  const calm = await bench.startOne(source, stream, 'test');
  bench.fault(source, id, ['--stream', stream, ...line.flags]);
  const met = await bench.attempt(calm);
  const found = `${met.state} ${met.code ?? '—'}`;
  const wanted = `${line.state} ${line.code ?? '—'}`;
  proofs.add(`${id}.answer`, `${line.fault.en}: the answer of the table`, found, wanted, found === wanted);
  proofs.equal(`${id}.kept`, `${line.fault.en}: what is stored meanwhile`, await bench.digest(source), before);
  bench.clear();
  const over = met.state === 'QUEUED' ? await bench.finishAfterPause(source, calm) : met;
  const after = over.state === line.then ? over : await bench.finish(await bench.startOne(source, stream, 'test'));
  proofs.add(
    `${id}.over`,
    `${line.fault.en}: the sync when it is over`,
    `${after.state}${after.row['balanced'] ? '' : ' unbalanced'}`,
    line.then,
    after.state === line.then && after.row['balanced'] === true,
  );
  proofs.equal(`${id}.equal`, `${line.fault.en}: what is stored afterwards`, await bench.digest(source), before);
}
