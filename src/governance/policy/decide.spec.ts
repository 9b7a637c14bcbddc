import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Requester, Role } from '../identity/index.js';
import { decide, type Inquiry, type Item, recordItem } from './decide.js';
import { makePolicy, policy } from './policy-data.js';

const who = (role: Role): Requester => ({ tokenId: 't', role, unit: 'u', person: 'p' });
const inquiry = (more: Partial<Inquiry> = {}): Inquiry => ({
  requester: who('department'),
  purpose: 'assistance-eligibility',
  caseNo: 'C-1',
  area: null,
  time: new Date('2026-11-01T00:00:00Z'),
  ...more,
});
const name: Item = { entity: 'Person', field: 'name', level: 3, type: 'text', share: 'conditional' };
const idNumber: Item = { entity: 'Person', field: 'idNumber', level: 4, type: 'identifier', share: 'conditional' };
const category: Item = { entity: 'SocialAssistance', field: 'category', level: 4, type: 'code', share: 'conditional' };

describe('decide', () => {
  it.each<[string, Partial<Inquiry>, Item, string, string]>([
    ['L3 for a department with purpose and case', {}, name, 'SHOWN', 'level-granted'],
    ['an identifier is masked', {}, idNumber, 'MASKED', 'identifier-never-in-full'],
    ['L4 that the purpose names', {}, category, 'SHOWN', 'purpose-names-field'],
    ['L4 not named', { purpose: 'residence-check' }, category, 'WITHHELD', 'purpose-does-not-name-field'],
    ['no purpose', { purpose: null }, name, 'WITHHELD', 'purpose-missing'],
    ['an unknown purpose', { purpose: 'curiosity' }, name, 'WITHHELD', 'purpose-unknown'],
    ['a blank case', { caseNo: '  ' }, name, 'WITHHELD', 'case-missing'],
    ['an endless case', { caseNo: 'x'.repeat(101) }, name, 'WITHHELD', 'case-missing'],
    ['nobody', { requester: null }, name, 'WITHHELD', 'not-signed-in'],
    ['a vendor', { requester: who('vendor') }, name, 'WITHHELD', 'grant-missing'],
    ['an auditor', { requester: who('auditor') }, name, 'WITHHELD', 'grant-missing'],
    ['a supervisor', { requester: who('supervisor') }, idNumber, 'WITHHELD', 'grant-missing'],
    ['before the grant', { time: new Date('2025-01-01') }, name, 'WITHHELD', 'grant-missing'],
    ['a field without level', {}, { ...name, level: undefined }, 'WITHHELD', 'no-level'],
    ['a level that is none', {}, { ...name, level: 5 }, 'WITHHELD', 'no-level'],
    ['never shared', {}, { ...name, share: 'none' }, 'WITHHELD', 'not-shared'],
  ])('%s', (_, more, item, access, rule) => {
    expect(decide(policy(), inquiry(more), item)).toMatchObject({ access, rule });
  });

  it('says which purposes would open a field', () => {
    expect(decide(policy(), inquiry({ purpose: 'residence-check' }), category).unlock).toBe(
      'purpose=assistance-eligibility,elderly-care',
    );
  });

  it.each([
    ['MarriageRecord', 'residence-check', 'WITHHELD'],
    ['MarriageRecord', 'emergency-contact', 'SHOWN'],
    ['SocialAssistance', 'emergency-contact', 'WITHHELD'],
    ['TelecomSubscription', 'residence-check', 'SHOWN'],
    ['PersonIdentifier', 'residence-check', 'WITHHELD'],
    ['Secret', 'residence-check', 'WITHHELD'],
  ])('the existence of a %s for %s: %s', (entity, purpose, access) => {
    expect(decide(policy(), inquiry({ purpose }), recordItem(policy(), entity)).access).toBe(access);
  });

  it('keeps to the areas of grant and purpose', () => {
    const { grants, ...rest } = policy();
    const local = makePolicy({
      ...rest,
      grants: grants.map((grant) => ({ ...grant, areas: ['990101'] })),
    });
    expect(decide(local, inquiry({ area: '990101001001' }), name).access).toBe('SHOWN');
    expect(decide(local, inquiry({ area: '990102001001' }), name).access).toBe('WITHHELD');
    expect(decide(local, inquiry({ area: null }), name).access).toBe('WITHHELD');
  });

  it('agrees with a second opinion written from the rule text', () => {
    const oracle = (ask: Inquiry, item: Item): string => {
      const { role = '' } = ask.requester ?? {};
      const purposes = ['steward', 'supervisor', 'operator'].includes(role)
        ? ['data-correction']
        : role === 'department'
          ? ['assistance-eligibility', 'elderly-care', 'emergency-contact', 'residence-check']
          : [];
      const mayAsk = purposes.includes(ask.purpose ?? '') && (ask.caseNo ?? '').trim().length > 0;
      if (!mayAsk || item.share === 'none') return 'WITHHELD';
      switch (item.level) {
        case 1:
        case 2:
        case 3:
          return item.type === 'identifier' ? 'MASKED' : 'SHOWN';
        case 4: {
          if (item.type === 'identifier') return 'MASKED';
          const named = policy().purposes.find(({ code }) => code === ask.purpose)!.fields;
          return named.indexOf(`${item.entity}.${item.field}`) >= 0 ? 'SHOWN' : 'WITHHELD';
        }
        default:
          return 'WITHHELD';
      }
    };
    const asks = fc.record({
      requester: fc.constantFrom<(Requester | null)[]>(
        null,
        ...(['department', 'steward', 'vendor', 'auditor', 'supervisor', 'operator'] as const).map(who),
      ),
      purpose: fc.constantFrom(null, '', 'curiosity', ...policy().purposes.map(({ code }) => code)),
      caseNo: fc.constantFrom(null, '', ' ', 'C-1'),
      area: fc.constantFrom(null, '990101001001'),
      time: fc.constant(new Date('2026-11-01T00:00:00Z')),
    });
    const items = fc.record({
      entity: fc.constantFrom('Person', 'SocialAssistance', 'MarriageRecord'),
      field: fc.constantFrom('name', 'category', 'maritalStatus', 'operation', 'partnerName', 'amount'),
      level: fc.constantFrom(undefined, 0, 1, 2, 3, 4, 5),
      type: fc.constantFrom('text', 'code', 'identifier'),
      share: fc.constantFrom('unconditional', 'conditional', 'none'),
    });
    fc.assert(
      fc.property(asks, items, (ask, item) => {
        expect(decide(policy(), ask, item).access).toBe(oracle(ask, item));
      }),
      { seed: 20261101, numRuns: 2_000 },
    );
  });
});
