import type { Tx } from '../../platform/database/index.js';
import type { Role } from './requester.js';

/** The part of a transaction that reads and writes. */
export type Queryable = Pick<Tx, 'query'>;

export interface TokenRow {
  id: string;
  digest: Buffer;
  role: string;
  unit: string;
  person: string;
  demo: boolean;
  expires_at: Date | null;
  revoked_at: Date | null;
}

export interface TokenToStore {
  id: string;
  digest: Buffer;
  role: Role;
  unit: string;
  person: string;
  demo: boolean;
  expiresAt: Date | null;
}

/** SQL over `control.api_token`. Only digests are ever stored. */
export const tokenRepository = {
  async insert(tx: Queryable, token: TokenToStore): Promise<void> {
    await tx.query(
      `INSERT INTO control.api_token (id, digest, role, unit, person, demo, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7)`,
      [token.id, token.digest, token.role, token.unit, token.person, token.demo, token.expiresAt],
    );
  },

  async find(tx: Queryable, id: string): Promise<TokenRow | null> {
    const { rows } = await tx.query<TokenRow>(
      'SELECT id, digest, role, unit, person, demo, expires_at, revoked_at FROM control.api_token WHERE id = $1',
      [id],
    );
    return rows[0] ?? null;
  },

  /** True when a token that was still valid is now revoked. */
  async revoke(tx: Queryable, id: string): Promise<boolean> {
    const { rows } = await tx.query(
      `UPDATE control.api_token SET revoked_at = clock_timestamp() WHERE id = $1 AND revoked_at IS NULL RETURNING id`,
      [id],
    );
    return rows.length === 1;
  },
};
