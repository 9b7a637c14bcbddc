import type { NodeEvidence } from '../facts.js';

export type RuleCode = 'full-id' | 'name-birth-phone' | 'name-dwelling';

/** Facts that narrow down whom a rule can concern; names are in all of them. */
export type RuleInput = 'ids' | 'births' | 'phones' | 'dwellings';

/**
 * A deterministic rule. It names the texts that two nodes must share; what else must agree is the algebra's part
 * (`cluster.ts`), because that is a matter of whole components and not of pairs.
 */
export interface LinkRule {
  code: RuleCode;
  /** Number of the rule in `data.match_key.kind`; stored, never reused. Also its rank: smaller is stronger. */
  kind: number;
  /** Raise it whenever the rule, its texts or the forms of what it compares change: then whom it concerns is linked anew. */
  version: number;
  /** Who lacks one of these can have no key of the rule. */
  uses: readonly RuleInput[];
  /** Texts of the match keys. They hold personal data: only their keyed digests leave memory. */
  texts(evidence: NodeEvidence): string[];
}
