import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testProgram, type TestProgram } from '../kit/program.js';
import { proveEvidence } from '../prove/evidence.js';
import { proveNoLeak } from '../prove/leak.js';
import { proveQueueLoss, SLOW_SYNC } from '../prove/queue-loss.js';
import { proveStale } from '../prove/stale.js';
import { allPass, SEED, TENTH } from './passes.js';

describe('the whole program with its town', () => {
  let home: string;
  let program: TestProgram;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'isthmus-program-'));
    program = await testProgram({
      ...{ home, people: 300, seed: SEED, early: true },
      settings: { ISTHMUS_CHECK_SECONDS: '1', ...SLOW_SYNC },
    });
  }, 300_000);
  afterAll(async () => {
    await program?.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }, 60_000);

  it('loses nothing when the queue’s tables are dropped in the middle of the first sync', async () => {
    allPass(await proveQueueLoss(program, TENTH));
  }, 300_000);

  it('writes no ID number, token or source secret in any byte or column', async () => {
    allPass(await proveNoLeak(program, TENTH));
  }, 120_000);

  it('evidences every query, and answers none when it cannot', async () => {
    allPass(await proveEvidence(program, TENTH));
  }, 120_000);

  it('keeps answering when a source stops, and says what is stale', async () => {
    allPass(await proveStale(program, TENTH));
  }, 120_000);
});
