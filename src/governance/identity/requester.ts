/** The roles a token can carry; what each may ask is `schemas/policy/root-fields.json`. */
export const ROLES = ['department', 'steward', 'vendor', 'auditor', 'supervisor', 'operator'] as const;
export type Role = (typeof ROLES)[number];

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

/** Who asks. `person` and `unit` are the names on the token and go into every evidence row. */
export interface Requester {
  readonly tokenId: string;
  readonly role: Role;
  readonly unit: string;
  readonly person: string;
}

/**
 * The database pool an operation of this role runs on. Auditors read evidence and sync logs on a role
 * that the database itself keeps away from residents' data.
 */
export const poolOf = (role: Role): 'app' | 'auditor' => (role === 'auditor' ? 'auditor' : 'app');
