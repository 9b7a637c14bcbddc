import type { Tokens } from '../../governance/identity/index.js';
import { checkRootFields, type PolicyData } from '../../governance/policy/index.js';
import type { Authenticator, RootFieldGuard } from './ports.js';

/** Longest purpose or case reference that is looked at. */
const DECLARED_LIMIT = 200;

const declared = (text: string | undefined): string | null => {
  const trimmed = text?.trim().slice(0, DECLARED_LIMIT);
  return trimmed ? trimmed : null;
};

/** Bearer tokens of `governance/identity` as the graph's authenticator. */
export const tokenAuthenticator = (tokens: Pick<Tokens, 'authenticate'>): Authenticator => ({
  authenticate: async ({ authorization, purpose, caseNo }) => {
    const requester = await tokens.authenticate(authorization);
    return requester && { ...requester, purpose: declared(purpose), caseNo: declared(caseNo) };
  },
});

/** The table role × root field of `governance/policy` as the graph's guard. */
export const policyGuard = (policy: PolicyData): RootFieldGuard => ({
  policyVersion: policy.version,
  check: (requester, fields) =>
    checkRootFields(policy, requester, requester?.purpose ?? null, requester?.caseNo ?? null, fields),
});
