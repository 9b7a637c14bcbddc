/**
 * What happens in town, and to how many in a thousand people in 30 days. Small towns get one of each a month all the
 * same, so that every kind can be seen.
 */
export const KINDS = {
  birth: 0.8,
  death: 0.8,
  moveIn: 1.5,
  moveOut: 1.2,
  moveWithin: 1,
  marriage: 0.6,
  divorce: 0.3,
  /** A mistake in the police register; its reversal follows 10 to 20 days later. */
  mistake: 0.4,
  numberCorrection: 2,
  assistanceGrant: 0.5,
  assistanceEnd: 0.4,
  assistanceCorrection: 0.3,
  deletion: 1.6,
  softDeletion: 0.8,
} as const;
/** Happen on their own days: a reversal after its mistake, a return after a deletion, a code every other month. */
export const FOLLOWING = ['reversal', 'reappearance', 'divisionCode'] as const;

export type DrawnKind = keyof typeof KINDS;
export type Kind = DrawnKind | (typeof FOLLOWING)[number];

/** Days from one change of a division code to the next, and the first one's. */
export const CODE_EVERY = 60;
export const CODE_FIRST = 20;
/** Estates to one changed community a time. */
export const ESTATES_PER_CODE = 400;
