import { ForbiddenError } from '../../platform/kernel/index.js';
import type { Requester } from '../identity/index.js';
import { hasCase } from './decide.js';
import type { PolicyData } from './policy-data.js';

/** A root field of an operation: `{kind: 'Query', name: 'residents'}`. */
export interface RootField {
  kind: 'Query' | 'Mutation' | 'Subscription';
  name: string;
}

/**
 * The table role × root field. Default deny: a field the table does not hold is refused to everybody.
 *
 * @throws ForbiddenError UNAUTHENTICATED (nobody), FORBIDDEN (not this role), PURPOSE_REQUIRED (personal data
 * without a purpose and a case), PURPOSE_UNKNOWN (a purpose that no policy names), GRANT_MISSING (no grant of the role covers the purpose).
 */
export function checkRootFields(
  policy: PolicyData,
  requester: Requester | null,
  purpose: string | null,
  caseNo: string | null,
  fields: readonly RootField[],
): void {
  const refuse = (code: string, params: Record<string, string>): never => {
    throw new ForbiddenError(code, { origin: 'policy', params });
  };
  if (!requester) return refuse('UNAUTHENTICATED', {});
  for (const { kind, name } of fields) {
    const rule = Object.hasOwn(policy.rootFields, `${kind}.${name}`) ? policy.rootFields[`${kind}.${name}`]! : null;
    if (!rule || !rule.roles.includes(requester.role)) refuse('FORBIDDEN', { name, role: requester.role });
    if (!rule!.personal) continue;
    const known = policy.purposes.find((candidate) => candidate.code === purpose);
    const purposes = policy.purposes.map(({ code }) => code).join(', ');
    if (!known && purpose?.trim()) refuse('PURPOSE_UNKNOWN', { name, purpose: shortened(purpose), purposes });
    if (!known || !hasCase(caseNo)) refuse('PURPOSE_REQUIRED', { name, purposes });
    const granted = policy.grants.some(
      (grant) =>
        grant.role === requester.role &&
        (grant.units.includes('*') || grant.units.includes(requester.unit)) &&
        (grant.purposes.includes('*') || grant.purposes.includes(known!.code)),
    );
    if (!granted) refuse('GRANT_MISSING', { name, purpose: known!.code });
  }
}

const SHOWN = 60;

/** What the caller declared, as he is told of it: enough to recognise it. */
const shortened = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN).toWellFormed()}…` : text);
