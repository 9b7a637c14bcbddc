import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { FaultBench } from '../kit/fault-bench.js';
import { FAULT_LINES, proveLine, syncedBench } from '../prove/faults.js';
import { provePaused } from '../prove/paused.js';
import { Proofs } from '../prove/proof.js';
import { allPass, SEED, tenthOf } from './passes.js';

describe('the engine’s answer to a source that', () => {
  let bench: FaultBench;
  beforeAll(async () => {
    bench = await syncedBench({ seed: SEED, scale: 'tenth' });
  }, 300_000);
  afterAll(() => bench?.close());

  it.each(FAULT_LINES.map((line) => [`${line.group} ${line.id}: ${line.fault.en}`, line] as const))(
    '%s',
    async (_, line) => {
      const proofs = new Proofs('faults', SEED);
      await proveLine(bench, line, proofs);
      allPass(proofs.all);
    },
    120_000,
  );
});

it('a dead, limited or hung source costs what it may and nobody else waits', () => tenthOf(provePaused), 400_000);
