import { describe, expect, it } from '@jest/globals';
import { fieldPlan, type PlannedEntity } from './field-plan.js';
import { policy } from './policy-data.js';

const entity: PlannedEntity = {
  name: 'Person',
  fields: [
    { name: 'name', level: 3, type: 'text', share: 'conditional' },
    { name: 'idNumber', level: 4, type: 'identifier', share: 'conditional' },
    { name: 'ethnicity', level: 4, type: 'code', share: 'conditional' },
  ],
};
const plan = fieldPlan(
  policy(),
  {
    requester: { tokenId: 't', role: 'department', unit: 'u', person: 'p' },
    purpose: 'residence-check',
    caseNo: 'C-1',
    area: null,
    time: new Date('2026-11-01T00:00:00Z'),
  },
  entity,
);

describe('FieldPlan', () => {
  it('reads only what is not withheld', () => {
    expect(plan.readable()).toEqual(['name', 'idNumber']);
  });
  it('withholds a field the standard does not know', () => {
    expect(plan.of('religion')).toMatchObject({ access: 'WITHHELD', rule: 'no-level' });
  });
  it('lets only shown fields filter, and a masked identifier only exactly', () => {
    expect(() => plan.requireFilter('name')).not.toThrow();
    expect(() => plan.requireFilter('idNumber', true)).not.toThrow();
    expect(() => plan.requireFilter('idNumber')).toThrow('FIELD_WITHHELD');
    expect(() => plan.requireFilter('ethnicity', true)).toThrow('FIELD_WITHHELD');
  });
  it('carries the version of the policy', () => {
    expect(plan.policyVersion).toBe(policy().version);
    expect(policy().version).toMatch(/^[0-9a-f]{16}$/);
  });
});
