import type { Outcome } from '../../../pipeline/on-demand/index.js';

export type GraphVerdict = 'YES' | 'NO' | 'UNKNOWN';

export interface Check {
  source: string;
  answered: boolean;
  checkedAt: Date | null;
}

/** One verdict on a claim out of what all sources said; sources that contradict each other leave it open. Pure. */
export function verdictOf(outcomes: readonly Outcome[], claim: string): GraphVerdict {
  const said = new Set<string>();
  for (const outcome of outcomes)
    if (outcome.state === 'answered' && outcome.answer.kind === 'verdicts') {
      const verdict = outcome.answer.verdicts[claim];
      if (verdict !== undefined) said.add(verdict);
    }
  if (said.has('yes')) return said.has('no') ? 'UNKNOWN' : 'YES';
  return said.has('no') ? 'NO' : 'UNKNOWN';
}

/** Who was asked, each source once; it has answered when all its services have. */
export function checksOf(outcomes: readonly Outcome[]): Check[] {
  const checks = new Map<string, Check>();
  for (const { source, ...outcome } of outcomes) {
    const known = checks.get(source);
    const checkedAt = outcome.state === 'answered' ? outcome.answer.at : null;
    const answered = checkedAt !== null && (known?.answered ?? true);
    checks.set(source, { source, answered, checkedAt: answered ? checkedAt : null });
  }
  return [...checks.values()];
}
