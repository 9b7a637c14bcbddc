import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testProgram, type ProgramOptions, type TestProgram } from '../kit/program.js';
import type { Proof, SuiteOptions } from './proof.js';

/** Runs proofs on a whole program with the town of the proof's size. */
export async function withProgram(
  { seed, scale }: SuiteOptions,
  options: Partial<ProgramOptions>,
  prove: (program: TestProgram) => Promise<Proof[]>,
): Promise<Proof[]> {
  const home = mkdtempSync(join(tmpdir(), 'isthmus-prove-'));
  try {
    const program = await testProgram({
      home: join(home, 'program'),
      people: scale === 'full' ? 3000 : 300,
      seed,
      ...options,
      settings: { ISTHMUS_CHECK_SECONDS: '1', ISTHMUS_SYNC_PAGE: '200', ...options.settings },
    });
    try {
      return await prove(program);
    } finally {
      await program.stop();
    }
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
