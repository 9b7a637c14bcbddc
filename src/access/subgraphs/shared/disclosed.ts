import type { Access, Decision } from '../../../governance/policy/index.js';
import type { DisclosureReport, DisclosureState } from '../../graph/index.js';
import { applyMask, type FieldSpec, type FieldState } from '../../../standard/index.js';

/** What is said of a field, whoever's it is. */
export type Disclosed = Omit<DisclosureReport, 'type' | 'id' | 'field'>;

/** What is known of one stored field besides its value. */
export interface Stored {
  value: unknown;
  /** The field's exception, from the row's `states`. */
  exception: FieldState | null;
  /** True when what is stored may be older than what the source has now. */
  stale: boolean;
  /** True when the source cannot be asked: then a missing value may exist there. */
  unavailable: boolean;
  /** When the value was certainly the source's. */
  asOf: Date | null;
}

/** The state of a stored field. SOURCE_UNAVAILABLE only where no value exists. */
export function stateOf({ value, exception, unavailable }: Stored): DisclosureState {
  if (exception && exception.kind !== 'KEPT') return exception.kind;
  if (value !== null && value !== undefined) return 'VALUE';
  return unavailable ? 'SOURCE_UNAVAILABLE' : 'ABSENT';
}

/**
 * What leaves of a field, and what is said about it. A fresh value that is simply shown needs no word (null).
 * `field` gives the mask and the type; pure.
 */
export function disclose(
  field: Pick<FieldSpec, 'type' | 'mask'>,
  decision: Decision,
  stored: Stored,
): { value: unknown; entry: Disclosed | null } {
  const { access, level, unlock } = decision;
  if (access === 'WITHHELD')
    return { value: null, entry: { access, rule: decision.rule, level, asOf: null, stale: false, unlock } };
  const state = stateOf(stored);
  const kept = stored.exception?.kind === 'KEPT';
  const stale = (stored.stale || kept) && state !== 'ABSENT' && state !== 'SOURCE_UNAVAILABLE';
  const value = stored.value === null || stored.value === undefined ? null : shape(field, access, stored.value);
  if (access === 'SHOWN' && state === 'VALUE' && !stale) return { value, entry: null };
  const rule = kept ? 'masked-now' : decision.rule;
  return { value, entry: { state, access, rule, level, asOf: stored.asOf?.toISOString() ?? null, stale, unlock } };
}

function shape({ type, mask }: Pick<FieldSpec, 'type' | 'mask'>, access: Access, value: unknown): unknown {
  switch (access) {
    case 'SHOWN':
      return value;
    case 'MASKED':
      // A field without a mask cannot be shown masked: nothing leaves.
      return mask && typeof value === 'string' ? applyMask(mask, value) : null;
    case 'GENERALISED':
      if (typeof value !== 'string') return null;
      if (type === 'partialDate' || type === 'date') return value.slice(0, 4);
      return type === 'division' ? value.slice(0, 6) : null;
    case 'VERIFY_ONLY':
    case 'WITHHELD':
      return null;
  }
}
