import type { StandardRecord, Verdict } from '../conform/index.js';

/** What a source answered; `at` is when it did, which is earlier where a remembered answer was used. */
export type Answer = { at: Date; remembered: boolean } & (
  | { kind: 'records'; records: readonly StandardRecord[] }
  /** The source has no record under this key. */
  | { kind: 'nothing' }
  | { kind: 'verdicts'; verdicts: Readonly<Record<string, Verdict>> }
);

/** How one question to one source ended. `code` is of the message catalogue. */
export type Outcome = { source: string; service: string } & (
  { state: 'answered'; answer: Answer } | { state: 'unavailable'; code: string }
);
