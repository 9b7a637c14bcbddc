import type { Client } from 'pg';
import { ConfigurationError } from '../kernel/index.js';

/** The database roles of a deployment; `owner` cannot sign in, `queue` sees only the queue's schema. */
export const LOGIN_ROLES = ['migrator', 'app', 'worker', 'auditor', 'queue'] as const;
export type LoginRole = (typeof LOGIN_ROLES)[number];
export const roleName = (role: LoginRole | 'owner'): string => `isthmus_${role}`;

/**
 * Makes the roles or renews their passwords (idempotent; needs CREATEROLE and BYPASSRLS). The worker
 * bypasses row security, because COPY refuses tables that have it.
 *
 * @throws ConfigurationError DATABASE_NEEDS_BYPASSRLS
 */
export async function ensureRoles(
  admin: Client,
  database: string,
  password: (role: LoginRole) => string,
): Promise<void> {
  const { rows } = await admin.query<{ rolname: string }>(
    `SELECT rolname FROM pg_roles WHERE rolname LIKE 'isthmus\\_%'`,
  );
  const existing = new Set(rows.map((row) => row.rolname));
  if (!existing.has(roleName('owner'))) await admin.query(`CREATE ROLE ${roleName('owner')} NOLOGIN`);
  const db = admin.escapeIdentifier(database);
  for (const role of LOGIN_ROLES) {
    const secret = admin.escapeLiteral(password(role));
    // An administrator with CREATEROLE may renew the password of a role it made, but not name SUPERUSER again.
    await admin.query(
      existing.has(roleName(role))
        ? `ALTER ROLE ${roleName(role)} PASSWORD ${secret}`
        : `CREATE ROLE ${roleName(role)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${secret}`,
    );
    await admin.query(`GRANT CONNECT ON DATABASE ${db} TO ${roleName(role)}`);
  }
  const mayBypass = await admin.query(
    `SELECT 1 FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)`,
  );
  if (mayBypass.rowCount === 0) throw new ConfigurationError('DATABASE_NEEDS_BYPASSRLS');
  await admin.query(`ALTER ROLE ${roleName('worker')} BYPASSRLS`);
  await admin.query(
    `GRANT ${roleName('owner')} TO ${roleName('migrator')}, ${admin.escapeIdentifier(admin.user ?? '')}`,
  );
  await admin.query(`GRANT CREATE ON DATABASE ${db} TO ${roleName('owner')}, ${roleName('queue')}`);
  await admin.query(`REVOKE ALL ON SCHEMA public FROM PUBLIC`);
}
