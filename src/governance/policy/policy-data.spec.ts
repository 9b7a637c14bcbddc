import { describe, expect, it } from '@jest/globals';
import { ENTITIES, ENTITY_NAMES, type EntityName } from '../../standard/index.js';
import { ROLES } from '../identity/index.js';
import { makePolicy, policy } from './policy-data.js';

describe('the policy in schemas/policy', () => {
  it('names only sensitive fields of the standard that are no identifiers', () => {
    for (const named of policy().purposes.flatMap(({ fields }) => fields)) {
      const [entity, field] = named.split('.') as [EntityName, string];
      expect([named, ENTITIES[entity]?.fields.find(({ name }) => name === field)]).toEqual([
        named,
        expect.objectContaining({ level: 4, type: expect.not.stringMatching('identifier') }),
      ]);
    }
  });

  it('gives every entity a record level', () => {
    expect(Object.keys(policy().recordLevels).sort()).toEqual([...ENTITY_NAMES].sort());
  });

  it('has the purposes that are promised, in both languages, once each', () => {
    const codes = policy().purposes.map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining(['assistance-eligibility', 'elderly-care', 'emergency-contact', 'residence-check']),
    );
    expect(new Set(codes).size).toBe(codes.length);
    for (const { zh, en, legalBasis } of policy().purposes) {
      for (const text of [zh, legalBasis.zh]) expect(text).toMatch(/\p{Script=Han}/u);
      for (const text of [en, legalBasis.en]) expect(text).toMatch(/[A-Za-z]{3}/);
    }
  });

  it('speaks only of roles that exist', () => {
    const named = [
      ...policy().grants.map(({ role }) => role),
      ...Object.values(policy().rootFields).flatMap(({ roles }) => roles),
    ];
    expect(named.filter((role) => !ROLES.includes(role))).toEqual([]);
  });

  it('gets another version when anything in it changes', () => {
    const { version, ...parts } = policy();
    expect(makePolicy(parts).version).toBe(version);
    expect(makePolicy({ ...parts, grants: [] }).version).not.toBe(version);
  });
});
