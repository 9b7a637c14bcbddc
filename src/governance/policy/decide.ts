import type { Requester } from '../identity/index.js';
import type { Grant, PolicyData, Purpose } from './policy-data.js';

export type Access = 'SHOWN' | 'MASKED' | 'GENERALISED' | 'VERIFY_ONLY' | 'WITHHELD';

/** The question around an item: who, for what, about which area (division code; null = not known), when. */
export interface Inquiry {
  requester: Requester | null;
  purpose: string | null;
  caseNo: string | null;
  area: string | null;
  time: Date;
}

/** What is asked for: one field of one standard entity, as `schemas/standard` declares it. */
export interface Item {
  entity: string;
  field: string;
  level?: number | undefined;
  type?: string | undefined;
  share?: string | undefined;
}

export interface Decision {
  access: Access;
  /** Stable id of the rule that decided. */
  rule: string;
  /** Level of the item; null when it has none. */
  level: number | null;
  /** What would open it: `purpose`, `case`, `grant`, `purpose=a,b`; null when nothing does. */
  unlock: string | null;
}

const CASE_LIMIT = 100;

/**
 * The one decision about one item. Pure, and default deny: whatever no rule allows is WITHHELD.
 * Interim rules until grants are applied for — L1–L3 for a department with purpose and case, L4
 * identifiers masked, other L4 only for a purpose that names them.
 */
export function decide(policy: PolicyData, inquiry: Inquiry, item: Item): Decision {
  const level = item.level !== undefined && [1, 2, 3, 4].includes(item.level) ? item.level : null;
  const answer = (access: Access, rule: string, unlock: string | null = null): Decision => ({
    access,
    rule,
    level,
    unlock,
  });
  if (level === null) return answer('WITHHELD', 'no-level');
  if (item.share === 'none') return answer('WITHHELD', 'not-shared');
  if (!inquiry.requester) return answer('WITHHELD', 'not-signed-in', 'token');
  const purpose = policy.purposes.find((candidate) => candidate.code === inquiry.purpose);
  if (!purpose) return answer('WITHHELD', inquiry.purpose ? 'purpose-unknown' : 'purpose-missing', 'purpose');
  if (!hasCase(inquiry.caseNo)) return answer('WITHHELD', 'case-missing', 'case');
  const grant = policy.grants.find((candidate) => covers(candidate, purpose, inquiry));
  if (!grant) return answer('WITHHELD', 'grant-missing', 'grant');
  if (item.type === 'identifier') return answer(grant.identifiers, 'identifier-never-in-full');
  if (level < 4)
    return grant.levels.includes(level)
      ? answer('SHOWN', 'level-granted')
      : answer('WITHHELD', 'level-not-granted', 'grant');
  if (names(purpose, item))
    return item.field === RECORD
      ? answer('SHOWN', 'purpose-names-record')
      : answer(grant.namedSensitive, 'purpose-names-field');
  const openers = policy.purposes
    .filter((candidate) => names(candidate, item) && policy.grants.some((one) => covers(one, candidate, inquiry)))
    .map(({ code }) => code);
  const unlock = openers.length ? `purpose=${openers.join(',')}` : null;
  return answer(
    'WITHHELD',
    item.field === RECORD ? 'purpose-does-not-name-record' : 'purpose-does-not-name-field',
    unlock,
  );
}

/** The item "that a record of this entity exists": a list, a count or a link to it. */
export const RECORD = '*';

/** The level of a record's existence; none for an entity the policy does not know, so it is denied. */
export const recordItem = (policy: PolicyData, entity: string): Item => ({
  entity,
  field: RECORD,
  level: Object.hasOwn(policy.recordLevels, entity) ? policy.recordLevels[entity] : undefined,
});

/** A purpose that names a field of a record also names the record. */
const names = (purpose: Purpose, { entity, field }: Item): boolean =>
  purpose.fields.some((named) => (field === RECORD ? named.startsWith(`${entity}.`) : named === `${entity}.${field}`));

/** A case reference counts when it says something and is of bearable length. */
export const hasCase = (caseNo: string | null): boolean =>
  caseNo !== null && caseNo.trim() !== '' && caseNo.length <= CASE_LIMIT;

/** Grant or purpose areas are division-code prefixes; an item whose area is not known is covered by `*` alone. */
export const inAreas = (areas: readonly string[], area: string | null): boolean =>
  areas.some((prefix) => prefix === '*' || (area !== null && area.startsWith(prefix)));

function covers(grant: Grant, purpose: Purpose, { requester, area, time }: Inquiry): boolean {
  const lists = (list: readonly string[], one: string): boolean => list.includes('*') || list.includes(one);
  return (
    grant.role === requester!.role &&
    lists(grant.units, requester!.unit) &&
    lists(grant.purposes, purpose.code) &&
    inAreas(grant.areas, area) &&
    inAreas(purpose.areas, area) &&
    time.getTime() >= Date.parse(grant.from) &&
    (grant.to === null || time.getTime() < Date.parse(grant.to))
  );
}
