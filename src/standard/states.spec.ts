import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeStates, encodeStates, type FieldState } from './states.js';

const state: fc.Arbitrary<FieldState> = fc.oneof(
  fc.constantFrom<FieldState>({ kind: 'EMPTY' }, { kind: 'MASKED_AT_SOURCE' }, { kind: 'PLACEHOLDER' }),
  fc.integer({ min: 1, max: 2_000_000_000 }).map((run): FieldState => ({ kind: 'KEPT', run })),
);

describe('states', () => {
  it('are letters by field, sorted', () => {
    expect(encodeStates({ name: 'PLACEHOLDER', mobile: 'MASKED_AT_SOURCE', idNumber: 'EMPTY' })).toBe(
      'idNumber=E;mobile=M;name=P',
    );
    expect(encodeStates({ mobile: { kind: 'KEPT', run: 17 } })).toBe('mobile=K17');
    expect(encodeStates({})).toBeNull();
    expect(encodeStates(null)).toBeNull();
    expect(decodeStates(null)).toEqual({});
    expect(decodeStates('name=Z;mobile=M')).toEqual({ mobile: { kind: 'MASKED_AT_SOURCE' } });
  });

  it('come back as they went', () => {
    const field = fc.constantFrom('name', 'mobile', 'idNumber', 'addressText', 'birthDate');
    fc.assert(
      fc.property(fc.dictionary(field, state, { noNullPrototype: true }), (states) => {
        expect(decodeStates(encodeStates(states))).toEqual(states);
      }),
      { seed: 2 },
    );
  });
});
