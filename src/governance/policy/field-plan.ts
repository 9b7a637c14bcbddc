import { ForbiddenError } from '../../platform/kernel/index.js';
import { decide, type Decision, type Inquiry, recordItem } from './decide.js';
import type { PolicyData } from './policy-data.js';

/** The part of an entity's declaration the plan needs; `standard`'s EntitySpec fits. */
export interface PlannedEntity {
  name: string;
  fields: readonly { name: string; level: number; type: string; share: string }[];
}

const UNKNOWN: Decision = { access: 'WITHHELD', rule: 'no-level', level: null, unlock: null };

/**
 * What one inquiry may see of one entity. Every read repository takes one: columns, filters, order, counts,
 * provenance, conflicts and output follow it, so a hidden field cannot be probed.
 */
export class FieldPlan {
  constructor(
    readonly entity: string,
    readonly policyVersion: string,
    /** The decision about the existence of a record: lists, counts and links follow it. */
    readonly record: Decision,
    private readonly decisions: ReadonlyMap<string, Decision>,
  ) {}

  /** The decision about a field; a field the standard does not know is withheld. */
  of(field: string): Decision {
    return this.decisions.get(field) ?? UNKNOWN;
  }

  /** True when the field's column may be read at all. */
  reads(field: string): boolean {
    return this.record.access !== 'WITHHELD' && this.of(field).access !== 'WITHHELD';
  }

  /** Fields whose columns may be read, in the standard's order. */
  readable(): string[] {
    return [...this.decisions.keys()].filter((field) => this.reads(field));
  }

  /**
   * Guards filter and order, where hiding a value would still tell it.
   * @throws ForbiddenError FIELD_WITHHELD unless the field is shown, or `exact` is set and it is served masked
   * (an exact look-up of an identifier the caller already holds tells him nothing new about the number).
   */
  requireFilter(field: string, exact = false): void {
    const { access, rule } = this.of(field);
    if (access === 'SHOWN' || (exact && (access === 'MASKED' || access === 'VERIFY_ONLY'))) return;
    throw new ForbiddenError('FIELD_WITHHELD', { origin: 'policy', params: { name: `${this.entity}.${field}`, rule } });
  }
}

/** The plan of an inquiry for one entity. Pure. */
export function fieldPlan(policy: PolicyData, inquiry: Inquiry, entity: PlannedEntity): FieldPlan {
  const decisions = new Map(
    entity.fields.map((field) => [
      field.name,
      decide(policy, inquiry, {
        entity: entity.name,
        field: field.name,
        level: field.level,
        type: field.type,
        share: field.share,
      }),
    ]),
  );
  const record = decide(policy, inquiry, recordItem(policy, entity.name));
  return new FieldPlan(entity.name, policy.version, record, decisions);
}
