import { type Clock, ForbiddenError, hidesCitizenId, systemClock, UsageError } from '../../platform/kernel/index.js';
import type { Database } from '../../platform/database/index.js';
import { isRole, type Requester, type Role, ROLES } from './requester.js';
import { tokenRepository, type TokenRow } from './token.repository.js';
import { makeToken, parseAuthorization, sameDigest } from './token.js';

/** The part of `platform/database` used here. */
export type TokenDatabase = Pick<Database, 'withContext'>;

/** The part of `platform/keys` used here: a keyed digest, so that a stolen table opens no door. */
export interface TokenKeys {
  tokenDigest(token: string): Buffer;
}

export interface TokenRequest {
  role: string;
  unit: string;
  person: string;
  /** Null = until revoked. */
  expiresAt?: Date | null;
  /** One of the people of the demo, whom production refuses. */
  demo?: boolean;
}

/** How long a row read may be trusted: the longest time a revoked token still opens anything. */
const TRUST_MS = 2_000;
const REMEMBERED = 1_000;

/** Issues, revokes and recognises bearer tokens. */
export class Tokens {
  private readonly remembered = new Map<string, { row: TokenRow; until: number }>();

  constructor(
    private readonly database: TokenDatabase,
    private readonly keys: TokenKeys,
    private readonly clock: Clock = systemClock,
    private readonly options: { refuseDemo?: boolean } = {},
  ) {}

  /**
   * Makes a token and stores its digest; the token itself is returned once and kept nowhere.
   * @throws UsageError TOKEN_ROLE_UNKNOWN, TOKEN_HOLDER_UNFIT.
   */
  async issueToken({
    role,
    unit,
    person,
    expiresAt = null,
    demo = false,
  }: TokenRequest): Promise<{ id: string; token: string }> {
    const known = requireHolder({ role, unit, person });
    const made = makeToken();
    const digest = this.keys.tokenDigest(made.token);
    await this.database.withContext('worker', { actor: 'token-issue' }, (tx) =>
      tokenRepository.insert(tx, { id: made.id, digest, role: known, unit, person, demo, expiresAt }),
    );
    return made;
  }

  /** @throws UsageError TOKEN_UNKNOWN when there is no such token that is still valid. */
  async revokeToken(id: string): Promise<void> {
    const revoked = await this.database.withContext('worker', { actor: 'token-revoke' }, (tx) =>
      tokenRepository.revoke(tx, id),
    );
    this.remembered.delete(id);
    if (!revoked) throw new UsageError('TOKEN_UNKNOWN', { params: { id } });
  }

  /**
   * Who stands behind an `Authorization` header; null when none was sent.
   * @throws ForbiddenError UNAUTHENTICATED for a header of another shape and an unknown, wrong, expired or
   * revoked token — one answer for all, so that nothing can be learnt from it.
   */
  async authenticate(header: string | undefined): Promise<Requester | null> {
    if (header === undefined || header.trim() === '') return null;
    const parsed = parseAuthorization(header);
    if (!parsed) throw new ForbiddenError('UNAUTHENTICATED', { origin: 'policy' });
    const digest = this.keys.tokenDigest(parsed.token);
    const row = await this.recall(parsed.id);
    const now = this.clock.now();
    const valid =
      sameDigest(digest, row?.digest ?? Buffer.alloc(digest.length)) &&
      row !== null &&
      row.revoked_at === null &&
      !(row.demo && this.options.refuseDemo) &&
      (row.expires_at === null || row.expires_at > now) &&
      isRole(row.role);
    if (!valid) throw new ForbiddenError('UNAUTHENTICATED', { origin: 'policy' });
    return { tokenId: row.id, role: row.role as Role, unit: row.unit, person: row.person };
  }

  private async recall(id: string): Promise<TokenRow | null> {
    const now = this.clock.now().getTime();
    const known = this.remembered.get(id);
    if (known && known.until > now) return known.row;
    const row = await this.database.withContext('app', { actor: 'sign-in' }, (tx) => tokenRepository.find(tx, id));
    if (this.remembered.size >= REMEMBERED) this.remembered.clear();
    if (row) this.remembered.set(id, { row, until: now + TRUST_MS });
    else this.remembered.delete(id);
    return row;
  }
}

const NAME_LIMIT = 100;

/**
 * Whether a token can be issued to somebody; needs no database.
 * @throws UsageError TOKEN_ROLE_UNKNOWN, TOKEN_HOLDER_UNFIT.
 */
export function requireHolder({ role, unit, person }: Pick<TokenRequest, 'role' | 'unit' | 'person'>): Role {
  if (!isRole(role)) throw new UsageError('TOKEN_ROLE_UNKNOWN', { params: { role, roles: ROLES.join(', ') } });
  for (const [name, text] of Object.entries({ unit, person })) requireName(name, text);
  return role;
}

/** Unit and person stand in every evidence row of the token. */
function requireName(name: string, text: string): void {
  if (text.trim() === '' || text.length > NAME_LIMIT || !text.isWellFormed() || hidesCitizenId(text))
    throw new UsageError('TOKEN_HOLDER_UNFIT', { params: { name, limit: NAME_LIMIT } });
}
