import type { FieldPlan } from '../../../governance/policy/index.js';
import { ENTITIES, type EntityName } from '../../../standard/index.js';

/**
 * The columns of an entity that the plan lets be read, as `, alias."column" AS "field"`; dates as text. Identifiers
 * come sealed, or not at all for golden rows, which hold none.
 */
export function columns(plan: FieldPlan, entity: EntityName, alias: string, { identifiers = true } = {}): string {
  return ENTITIES[entity].fields
    .filter(({ name, type }) => plan.reads(name) && (identifiers || type !== 'identifier'))
    .map(({ name, column, type }) => {
      if (type === 'identifier') return `, ${alias}."${column}_sealed" AS "${name}"`;
      return type === 'date' ? `, ${alias}."${column}"::text AS "${name}"` : `, ${alias}."${column}" AS "${name}"`;
    })
    .join('');
}

/**
 * True of a typed row `r` that is kept though its source hides it now, or has a newer version of it that was refused.
 * A scalar look-up, not EXISTS: that may be hashed over everything that waits in quarantine.
 */
export const LATE = `(r.missed > 0 OR coalesce((SELECT true FROM data.quarantine q
  WHERE q.stream = r.stream AND q.key = r.key AND q.resolved_at IS NULL LIMIT 1), false))`;
