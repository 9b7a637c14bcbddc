import type { Contradiction } from './unit.js';

/**
 * Why a person must look.
 * - `same-number-other-name`: one valid citizen number, names that do not agree.
 * - `one-record-two-numbers`: one node whose current records carry two valid numbers.
 * - a contradiction: the records share what a rule asks for, and something forbids the link.
 */
export type ReviewReason = Contradiction | 'same-number-other-name' | 'one-record-two-numbers';

export interface Review {
  reason: ReviewReason;
  /** Indexes of nodes, ascending. */
  members: number[];
}

/** The same doubt found twice is one item. */
export function distinctReviews(reviews: readonly Review[]): Review[] {
  const seen = new Map<string, Review>();
  for (const review of reviews) seen.set(`${review.reason}:${review.members.join(',')}`, review);
  return [...seen.values()];
}
