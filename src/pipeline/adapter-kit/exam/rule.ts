import type { ExamContext } from './context.js';

export type RuleLevel = 'MUST' | 'SHOULD';

/** What a rule found; `what` names streams, fields, codes and counts, never a value of a record. */
export type Verdict = { kind: 'pass' } | { kind: 'fail'; what: string } | { kind: 'notApplicable' };

/** One requirement of the conformance exam. Its id never changes its meaning. */
export interface Rule {
  readonly id: string;
  readonly level: RuleLevel;
  readonly title: { zh: string; en: string };
  /** Rules that must have passed before this one can be examined. */
  readonly needs: readonly string[];
  run(exam: ExamContext): Promise<Verdict>;
}

export const PASS: Verdict = { kind: 'pass' };
export const NOT_APPLICABLE: Verdict = { kind: 'notApplicable' };
export const fail = (what: string): Verdict => ({ kind: 'fail', what });
