import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fieldPlan, policy } from '../../../governance/policy/index.js';
import { ENTITIES, ENTITY_NAMES } from '../../../standard/index.js';
import { columns } from './columns.js';

describe('the columns of a statement', () => {
  it('never name what the plan withholds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ENTITY_NAMES),
        fc.constantFrom('department', 'vendor', 'auditor', 'supervisor', 'steward', 'operator'),
        fc.constantFrom(null, 'curiosity', ...policy().purposes.map(({ code }) => code)),
        (entity, role, purpose) => {
          const requester = { tokenId: 't', role: role as 'vendor', unit: 'u', person: 'p' };
          const time = new Date('2026-11-01T00:00:00Z');
          const plan = fieldPlan(policy(), { requester, purpose, caseNo: 'C-1', area: null, time }, ENTITIES[entity]);
          const sql = columns(plan, entity, 'r');
          for (const { name, columns: stored } of ENTITIES[entity].fields)
            for (const column of stored) if (!plan.reads(name)) expect(sql).not.toContain(`"${column.name}"`);
          const mends = purpose === 'data-correction' && ['steward', 'supervisor', 'operator'].includes(role);
          if (role !== 'department' && !mends) expect(sql).toBe('');
        },
      ),
      { seed: 11, numRuns: 300 },
    );
  });
});
