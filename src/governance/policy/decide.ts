import type { Requester } from '../identity/index.js';
import type { Grant, PolicyData, Purpose } from './policy-data.js';

export type Access = 'SHOWN' | 'MASKED' | 'GENERALISED' | 'VERIFY_ONLY' | 'WITHHELD';

/** The question around an item: who, for what, about which area (division code; null = not about one), when. */
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
 * DESIGN: interim rules until grants are applied for — L1–L3 for a department with purpose and case, L4
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
  const name = `${item.entity}.${item.field}`;
  if (purpose.fields.includes(name)) return answer(grant.namedSensitive, 'purpose-names-field');
  return answer('WITHHELD', 'purpose-does-not-name-field', purposesNaming(policy, name));
}

/** A case reference counts when it says something and is of bearable length. */
export const hasCase = (caseNo: string | null): boolean =>
  caseNo !== null && caseNo.trim() !== '' && caseNo.length <= CASE_LIMIT;

/** Grant or purpose areas are division-code prefixes; an item that lies in no area is judged without them. */
export const inAreas = (areas: readonly string[], area: string | null): boolean =>
  area === null || areas.some((prefix) => prefix === '*' || area.startsWith(prefix));

function covers(grant: Grant, purpose: Purpose, { requester, area, time }: Inquiry): boolean {
  const names = (list: readonly string[], one: string): boolean => list.includes('*') || list.includes(one);
  return (
    grant.role === requester!.role &&
    names(grant.units, requester!.unit) &&
    names(grant.purposes, purpose.code) &&
    inAreas(grant.areas, area) &&
    inAreas(purpose.areas, area) &&
    time.getTime() >= Date.parse(grant.from) &&
    (grant.to === null || time.getTime() < Date.parse(grant.to))
  );
}

function purposesNaming(policy: PolicyData, name: string): string | null {
  const codes = policy.purposes.filter((purpose) => purpose.fields.includes(name)).map((purpose) => purpose.code);
  return codes.length ? `purpose=${codes.join(',')}` : null;
}
