import { expect } from '@jest/globals';
import type { Proof, Suite, SuiteOptions } from '../prove/proof.js';

/** The seed of the short proofs; a failing line shows it, and `npm run prove -- <suite> --seed N` repeats it. */
export const SEED = 20261101;

export const TENTH: SuiteOptions = { seed: SEED, scale: 'tenth', say: () => undefined };

/** Every promise of a suite holds; those that do not are shown with their figures. */
export function allPass(proofs: readonly Proof[]): void {
  expect(proofs.length).toBeGreaterThan(0);
  expect(proofs.filter((proof) => !proof.pass)).toEqual([]);
}

/** Runs the tenth of a suite. */
export const tenthOf = async (suite: Suite): Promise<void> => allPass(await suite(TENTH));
