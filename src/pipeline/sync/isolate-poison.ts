import type { PagePlan } from '../store/index.js';
import { writePage } from '../store/index.js';
import { transact, type Engine, type OpenRun } from './engine.js';

class Rehearsed extends Error {}

/** Data errors of PostgreSQL: a value or constraint is at fault, not the connection. */
export const isDataError = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^2[23][0-9A-Z]{3}$/.test(code);
};

/** A first load met a key that an earlier page has already written. */
export const isRepeatedKey = (error: unknown): boolean => (error as { code?: unknown }).code === '23505';

/**
 * Finds the candidates that the database refuses, by rehearsing halves of the page in transactions that are
 * rolled back: log2(page) rehearsals for one bad record.
 *
 * @returns index → SQLSTATE.
 */
export async function findPoison(engine: Engine, open: OpenRun, plan: PagePlan): Promise<Map<number, string>> {
  const bad = new Map<number, string>();
  const search = async (from: number, to: number): Promise<void> => {
    const refused = await rehearse(engine, open, {
      ...plan,
      candidates: plan.candidates.slice(from, to),
      quarantined: [],
      deletes: [],
    });
    if (refused === null) return;
    if (to - from === 1) return void bad.set(from, refused);
    const middle = (from + to) >> 1;
    await search(from, middle);
    await search(middle, to);
  };
  await search(0, plan.candidates.length);
  return bad;
}

async function rehearse(engine: Engine, open: OpenRun, plan: PagePlan): Promise<string | null> {
  try {
    await transact(engine, async (tx) => {
      await writePage(tx, plan, { copyDirect: open.copyDirect, recordedAt: open.recordedAt });
      throw new Rehearsed();
    });
  } catch (error) {
    if (error instanceof Rehearsed) return null;
    if (isDataError(error)) return (error as { code: string }).code;
    throw error;
  }
  return null;
}
