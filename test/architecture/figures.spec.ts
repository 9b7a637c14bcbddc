import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH_FILE, PROOF_FILE, readJson, readmesWithFigures } from '../bench/figures.js';
import { ROOT } from '../kit/built.js';

it('the figures of the READMEs are the measured ones', async () => {
  for (const [file, text] of await readmesWithFigures(readJson(BENCH_FILE), readJson(PROOF_FILE)))
    expect(readFileSync(join(ROOT, file), 'utf8')).toBe(text);
});
