import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { issueDemoTokens } from './demo-tokens.js';
import { makeToken, parseAuthorization } from './token.js';
import type { TokenRow } from './token.repository.js';
import { type TokenDatabase, Tokens } from './tokens.js';

const keys = { tokenDigest: (token: string) => createHmac('sha256', 'key of the test').update(token).digest() };

/** A stand-in for control.api_token that answers the three statements of the repository. */
function memory() {
  const rows = new Map<string, TokenRow>();
  const database = {
    withContext: (_role: string, _context: unknown, work: (tx: unknown) => Promise<unknown>) =>
      work({
        query: async <T>(sql: string, params: unknown[] = []) => {
          const id = params[0] as string;
          const row = rows.get(id);
          if (sql.startsWith('INSERT')) {
            const [, digest, role, unit, person, demo, expires_at] = params as [
              string,
              Buffer,
              string,
              string,
              string,
              boolean,
              Date,
            ];
            rows.set(id, { id, digest, role, unit, person, demo, expires_at, revoked_at: null });
            return { rows: [] };
          }
          if (sql.startsWith('UPDATE')) {
            if (!row || row.revoked_at) return { rows: [] };
            row.revoked_at = new Date();
          }
          return { rows: (row ? [row] : []) as T[] };
        },
      }),
  };
  return { rows, database: database as unknown as TokenDatabase };
}

describe('tokens', () => {
  let now = new Date('2026-11-01T00:00:00Z');
  const { rows, database } = memory();
  const tokens = new Tokens(database, keys, { now: () => now });

  it('recognises what it issued and stores only a digest', async () => {
    const { id, token } = await tokens.issueToken({ role: 'department', unit: 'u', person: 'p' });
    expect(await tokens.authenticate(`Bearer ${token}`)).toEqual({
      tokenId: id,
      role: 'department',
      unit: 'u',
      person: 'p',
    });
    expect(JSON.stringify([...rows.values()])).not.toContain(token.slice(-64));
  });

  it('answers nothing to nobody and the same to every wrong token', async () => {
    expect(await tokens.authenticate(undefined)).toBeNull();
    const { token } = await tokens.issueToken({ role: 'vendor', unit: 'u', person: 'p' });
    const flipped = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
    for (const header of ['Basic eDp5', 'Bearer x', `Bearer ${flipped}`, `Bearer ${makeToken().token}`])
      await expect(tokens.authenticate(header)).rejects.toThrow('UNAUTHENTICATED');
  });

  it('forgets expired and revoked tokens', async () => {
    const { token } = await tokens.issueToken({
      role: 'auditor',
      unit: 'u',
      person: 'p',
      expiresAt: new Date(now.getTime() + 1),
    });
    expect(await tokens.authenticate(`bearer ${token}`)).not.toBeNull();
    now = new Date(now.getTime() + 1);
    await expect(tokens.authenticate(`Bearer ${token}`)).rejects.toThrow('UNAUTHENTICATED');
    const second = await tokens.issueToken({ role: 'auditor', unit: 'u', person: 'p' });
    await tokens.authenticate(`Bearer ${second.token}`);
    await tokens.revokeToken(second.id);
    await expect(tokens.authenticate(`Bearer ${second.token}`)).rejects.toThrow('UNAUTHENTICATED');
    await expect(tokens.revokeToken(second.id)).rejects.toThrow('TOKEN_UNKNOWN');
  });

  it('refuses the people of the demo where it is told to', async () => {
    const { department } = await issueDemoTokens(tokens);
    expect(await tokens.authenticate(`Bearer ${department.token}`)).toMatchObject({ role: 'department' });
    const strict = new Tokens(database, keys, undefined, { refuseDemo: true });
    await expect(strict.authenticate(`Bearer ${department.token}`)).rejects.toThrow('UNAUTHENTICATED');
  });

  it.each([
    { unit: '990101 19880902 2958', person: 'p' },
    { unit: 'u', person: 'x'.repeat(101) },
    { unit: ' ', person: 'p' },
  ])('refuses a holder that evidence could not name: %j', async (holder) => {
    await expect(tokens.issueToken({ role: 'auditor', ...holder })).rejects.toThrow('TOKEN_HOLDER_UNFIT');
  });

  it('refuses a role it does not know', async () => {
    await expect(tokens.issueToken({ role: 'root', unit: 'u', person: 'p' })).rejects.toThrow('TOKEN_ROLE_UNKNOWN');
    expect(parseAuthorization('Bearer isth_0123456789abcdef_short')).toBeNull();
  });
});
