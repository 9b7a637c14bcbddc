import { describe, expect, it } from '@jest/globals';
import type { Role } from '../identity/index.js';
import { policy } from './policy-data.js';
import { checkRootFields } from './root-fields.js';

const ask =
  (role: Role | null, name: string, purpose: string | null = null, caseNo: string | null = null) =>
  () =>
    checkRootFields(policy(), role && { tokenId: 't', role, unit: 'u', person: 'p' }, purpose, caseNo, [
      { kind: name.endsWith('Sync') ? 'Mutation' : 'Query', name },
    ]);

describe('role × root field', () => {
  it.each<[Role | null, string, string]>([
    [null, 'sources', 'UNAUTHENTICATED'],
    ['vendor', 'residents', 'FORBIDDEN'],
    ['auditor', 'resident', 'FORBIDDEN'],
    ['supervisor', 'residentByIdNumber', 'FORBIDDEN'],
    ['department', 'auditRows', 'FORBIDDEN'],
    ['department', 'startSync', 'FORBIDDEN'],
    ['operator', 'nothingKnown', 'FORBIDDEN'],
    ['operator', 'constructor', 'FORBIDDEN'],
    ['department', 'residents', 'PURPOSE_REQUIRED'],
  ])('%s asking %s gets %s', (role, name, code) => {
    expect(ask(role, name)).toThrow(code);
  });

  it('wants a known purpose and a case for personal data', () => {
    expect(ask('department', 'residents', 'residence-check', ' ')).toThrow('PURPOSE_REQUIRED');
    expect(ask('department', 'residents', 'curiosity', 'C-1')).toThrow('PURPOSE_UNKNOWN');
    expect(ask('department', 'residents', 'x'.repeat(5000), 'C-1')).toThrow(
      expect.objectContaining({ params: expect.objectContaining({ purpose: `${'x'.repeat(60)}…` }) }),
    );
    expect(ask('department', 'residents', 'residence-check', 'C-1')).not.toThrow();
  });

  it('opens what is not personal without a purpose', () => {
    expect(ask('vendor', 'sources')).not.toThrow();
    expect(ask('auditor', 'auditRows')).not.toThrow();
    expect(ask('supervisor', 'cancelSync')).not.toThrow();
  });
});
